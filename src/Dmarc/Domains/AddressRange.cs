namespace Dmarc.Domains;

/// <summary>A range of addresses of one family, both ends included.</summary>
internal readonly record struct AddressRange(AddressNumber First, AddressNumber Last);
