using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Tests.Support;

/// <summary>
/// Answers from a table, with no network. A name that is not in the table is NXDOMAIN, unless names below it are: then,
/// and where it has no record of the type, there is no data. Every question is remembered in <see cref="Queries"/>.
/// </summary>
internal sealed class FakeResolver : IDnsResolver
{
    private readonly Dictionary<(string Name, DnsRecordType Type), DnsResponse> _answers = [];
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<string, DnsStatus> _failures = [];
    private readonly Dictionary<string, string> _aliases = [];

    public ConcurrentQueue<(string Name, DnsRecordType Type)> Queries { get; } = new();

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Delay { get; init; }

    public FakeResolver Txt(string name, params string[] values) =>
        Add(name, DnsRecordType.TXT, [.. values.Select(value => new TxtRecord(name, 300, Split(value)))]);

    /// <summary>One TXT record of several character-strings.</summary>
    public FakeResolver TxtStrings(string name, params string[] strings) =>
        Add(name, DnsRecordType.TXT, [new TxtRecord(name, 300, strings.Select(Encoding.UTF8.GetBytes).ToPrintableList())]);

    public FakeResolver Address(string name, params string[] addresses)
    {
        foreach (IGrouping<DnsRecordType, AddressRecord> group in addresses
            .Select(address => new AddressRecord(name, 300, IPAddress.Parse(address)))
            .GroupBy(record => record.Type))
        {
            Add(name, group.Key, [.. group]);
        }

        return this;
    }

    public FakeResolver Mx(string name, params string[] exchanges) =>
        Add(name, DnsRecordType.MX, [.. exchanges.Select((exchange, index) => new MxRecord(name, 300, (ushort)((index + 1) * 10), exchange))]);

    public FakeResolver Ptr(string name, params string[] targets) =>
        Add(name, DnsRecordType.PTR, [.. targets.Select(target => new NameRecord(name, 300, DnsRecordType.PTR, target))]);

    /// <summary>The name is an alias (CNAME) of another; a name that begins with an asterisk is one for all that have none of their own.</summary>
    public FakeResolver Alias(string name, string target)
    {
        _aliases[Key(name)] = target;
        _names.Add(Key(name));
        return this;
    }

    /// <summary>Every query for the name ends so.</summary>
    public FakeResolver Fails(string name, DnsStatus status)
    {
        _failures[Key(name)] = status;
        return this;
    }

    /// <summary>The query for the name and type ends so.</summary>
    public FakeResolver Fails(string name, DnsRecordType type, DnsStatus status)
    {
        _answers[(Key(name), type)] = new DnsResponse(name, type, status);
        _names.Add(Key(name));
        return this;
    }

    public FakeResolver Add(string name, DnsRecordType type, params DnsRecord[] records)
    {
        string key = Key(name);
        DnsRecord[] earlier = _answers.TryGetValue((key, type), out DnsResponse? response) ? [.. response.Records] : [];
        _answers[(key, type)] = new DnsResponse(name, type, DnsStatus.NoError)
        {
            Records = [.. earlier, .. records],
            TimeToLive = 300,
            Server = "test",
        };
        _names.Add(key);
        return this;
    }

    public async ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
    {
        Queries.Enqueue((name, type));
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, cancellationToken);
        }

        string key = Key(name);
        if (_failures.TryGetValue(key, out DnsStatus failure))
        {
            return new DnsResponse(name, type, failure) { Server = "test" };
        }

        if (_aliases.TryGetValue(key, out string? target)
            || (!_names.Contains(key) && _aliases.TryGetValue("*" + key[Math.Max(0, key.IndexOf('.', StringComparison.Ordinal))..], out target)))
        {
            DnsResponse aliased = await QueryAsync(target, type, cancellationToken);
            return aliased with { Name = name, CnamePath = [target, .. aliased.CnamePath] };
        }

        if (_answers.TryGetValue((key, type), out DnsResponse? answer))
        {
            return answer with { Name = name };
        }

        if (_names.Contains(key) || _names.Any(other => other.EndsWith("." + key, StringComparison.Ordinal)))
        {
            return new DnsResponse(name, type, DnsStatus.NoData) { Server = "test" };
        }

        int dot = key.IndexOf('.', StringComparison.Ordinal);
        while (dot >= 0)
        {
            if (_answers.TryGetValue(("*" + key[dot..], type), out DnsResponse? wildcard))
            {
                return wildcard with { Name = name };
            }

            dot = key.IndexOf('.', dot + 1);
        }

        return new DnsResponse(name, type, DnsStatus.NxDomain) { Server = "test" };
    }

    private static string Key(string name) => name.TrimEnd('.').ToLower(CultureInfo.InvariantCulture);

    private static PrintableList<byte[]> Split(string value) =>
        Encoding.UTF8.GetBytes(value).Chunk(255).ToPrintableList() is { Count: > 0 } parts ? parts : [[]];
}
