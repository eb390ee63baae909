using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Advice.Sources;

/// <summary>
/// Who announces the networks of the Internet, from a file instead of DNS: lines of tab-separated values with the first
/// address, the last address, the number of the autonomous system, the country, and the name of its owner, as iptoasn.com
/// offers them. May be used by several threads at once.
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

    /// <summary>How many stretches of addresses have an owner.</summary>
    public int Count => _ranges.Length;

    /// <summary>What was wrong with the file, in sentences: lines that could not be read, ranges that contradict one another. Empty if nothing was.</summary>
    public PrintableList<string> Problems { get; }

    /// <summary>Reads a file, which may be compressed with gzip.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    /// <exception cref="InvalidDataException">It holds no line of the table, or more than is read; the message says which.</exception>
    public static NetworkTable Load(string path)
    {
        using FileStream stream = RegularFile.Open(path ?? throw new ArgumentNullException(nameof(path)));
        return new NetworkTableReader(Path.GetFileName(path)).Read(stream);
    }

    /// <summary>Who announces the network of an address; null if the table does not say.</summary>
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
                    : new NetworkOwner { Status = DnsStatus.NoError, Network = range.ToBlock(), Asn = owner.Asn, Country = owner.Country, Name = owner.Name };
            }
        }

        return null;
    }
}

/// <summary>Addresses in a row that one owner has.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them, of the same family.</param>
/// <param name="Owner">The position of the owner.</param>
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
/// <param name="Asn">The number of the autonomous system; 0 for networks that nobody announces.</param>
/// <param name="Country">The country as two letters; empty if it is not known.</param>
/// <param name="Name">The name; empty if it is not known.</param>
internal readonly record struct NetworkTableOwner(uint Asn, string Country, string Name);
