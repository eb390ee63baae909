namespace Dmarc.Domains;

/// <summary>Addresses of one family from the first to the last, both included.</summary>
internal readonly record struct AddressRange(AddressNumber First, AddressNumber Last);
