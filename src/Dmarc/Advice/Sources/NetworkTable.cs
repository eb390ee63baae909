using Dmarc.Dns;

namespace Dmarc.Advice.Sources;

/// <summary>
/// The owners of networks from a file instead of DNS: tab-separated lines of first address, last address, number of the
/// autonomous system, country, and owner's name, as offered by iptoasn.com. Thread-safe.
/// </summary>
internal sealed class NetworkTable
{
    private readonly NetworkRange[] _ranges;
    private readonly NetworkTableOwner[] _owners;

    internal NetworkTable(NetworkRange[] ranges, NetworkTableOwner[] owners, PrintableList<string> problems)
    {
        _ranges = ranges;
        _owners = owners;
        Problems = problems;
    }

    /// <summary>The number of address ranges with an owner.</summary>
    public int Count => _ranges.Length;

    /// <summary>The problems of the file, in sentences: unreadable lines, contradictory ranges; may be empty.</summary>
    public PrintableList<string> Problems { get; }

    /// <summary>Reads a file, which may be compressed with gzip.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="InvalidDataException">The file has no valid line, or too many lines.</exception>
    public static NetworkTable Load(string path)
    {
        using FileStream stream = RegularFile.Open(path);
        return new NetworkTableReader(Path.GetFileName(path)).Read(stream);
    }

    /// <summary>The owner of an address's network; null if the table has none.</summary>
    internal NetworkOwner? Find(AddressNumber address)
    {
        int low = 0;
        int high = _ranges.Length - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            NetworkRange range = _ranges[middle];
            if (address.CompareTo(range.First) < 0)
            {
                high = middle - 1;
            }
            else if (address.CompareTo(range.Last) > 0)
            {
                low = middle + 1;
            }
            else
            {
                NetworkTableOwner owner = _owners[range.Owner];
                return owner.Asn == 0
                    ? null
                    : new NetworkOwner(DnsStatus.NoError, range.ToBlock(), owner.Asn, owner.Country, owner.Name);
            }
        }

        return null;
    }
}

/// <summary>A range of addresses with one owner.</summary>
/// <param name="First">The first address.</param>
/// <param name="Last">The last address, of the same family.</param>
/// <param name="Owner">The index of the owner.</param>
internal readonly record struct NetworkRange(AddressNumber First, AddressNumber Last, int Owner)
{
    /// <summary>The network in CIDR form; null if the addresses are not one network.</summary>
    public AddressBlock? ToBlock()
    {
        for (int length = First.Bits; length >= 0; length--)
        {
            if (!First.First(length).Equals(First))
            {
                return null;
            }

            if (First.Last(length).Equals(Last))
            {
                return new AddressBlock(First, length);
            }
        }

        return null;
    }
}

/// <summary>An owner in a table.</summary>
/// <param name="Asn">The number of the autonomous system; 0 for networks that are not announced.</param>
/// <param name="Country">The country as two letters; empty if unknown.</param>
/// <param name="Name">The name; empty if unknown.</param>
internal readonly record struct NetworkTableOwner(uint Asn, string Country, string Name);
