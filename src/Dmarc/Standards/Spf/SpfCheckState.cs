using System.Diagnostics;
using Dmarc.Dns;

namespace Dmarc.Standards.Spf;

/// <summary>The counters, caches and limits of one evaluation.</summary>
internal sealed class SpfCheckState(
    IDnsResolver resolver, SpfEvaluatorOptions options, MacroValues values, CancellationToken cancellationToken)
    : IDisposable
{
    private readonly long _end = Stopwatch.GetTimestamp() + (long)(options.Deadline.TotalSeconds * Stopwatch.Frequency);
    private readonly CancellationTokenSource _source = cancellationToken.CanBeCanceled
        ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken)
        : new CancellationTokenSource();

    private List<SpfTraceStep>? _trace;
    private int _terms;
    private bool _armed;

    public SpfEvaluatorOptions Options => options;

    public MacroValues Values => values;

    public AddressNumber Address => Values.Address;

    public DnsRecordType AddressType => Values.Address.IsIPv6 ? DnsRecordType.AAAA : DnsRecordType.A;

    public int Lookups { get; private set; }

    public int VoidLookups { get; private set; }

    /// <summary>The first problem; empty if there is none.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>The first failed look-up that ended the check of a record; null if none did.</summary>
    public DnsResponse? Failed { get; private set; }

    /// <summary>The terms that led to the current result, innermost first.</summary>
    public List<(string Domain, SpfTerm Term)> Path { get; } = [];

    /// <summary>The record of the checked domain; null if it has not exactly one, or that is not known yet.</summary>
    public SpfRecord? Record { get; set; }

    /// <summary>The record whose <c>exp</c> explains a fail; null if there is none.</summary>
    public SpfRecord? ExplainingRecord { get; set; }

    public string ExplainingDomain { get; set; } = "";

    /// <summary>The names of the address, once looked up.</summary>
    public DnsResponse? ReverseNames { get; set; }

    public PrintableList<SpfTraceStep> Trace => _trace is null ? PrintableList<SpfTraceStep>.Empty : [.. _trace];

    /// <summary>Queries within the deadline, which starts with the first answer that requires waiting.</summary>
    public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type) => QueryRawAsync(TargetName.ToPresentation(name), type);

    /// <summary>Queries a name from an answer, which is already in presentation format.</summary>
    public ValueTask<DnsResponse> QueryRawAsync(string name, DnsRecordType type)
    {
        ValueTask<DnsResponse> query = resolver.QueryAsync(name, type, _source.Token);
        if (!query.IsCompleted && !_armed)
        {
            _armed = true;
            _source.CancelAfter(Options.Deadline);
        }

        return query;
    }

    /// <summary>Shortens the deadline for the following queries, which only add details.</summary>
    public void EndWithin(TimeSpan time)
    {
        _armed = true;
        _source.CancelAfter(time);
    }

    /// <summary>
    /// Called for each term: deadline and cancellation also end work without waiting, such as a record of thousands of
    /// terms in a zone file. The clock is read for every 64th term.
    /// </summary>
    public void CheckTime()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if ((_terms++ & 63) == 0 && Stopwatch.GetTimestamp() > _end)
        {
            throw new OperationCanceledException();
        }
    }

    /// <summary>Counts a term against the limit; false if the limit is exceeded.</summary>
    public bool CountLookup(SpfTerm term, string domain)
    {
        Lookups++;
        return Lookups <= Options.LookupLimit
            || Fails(Strings.Spf_ProblemLookupLimit, Options.LookupLimit, term.Text, domain);
    }

    /// <summary>Counts a void look-up; false if the limit is exceeded.</summary>
    public bool CountVoid(DnsStatus status, SpfTerm term, string domain)
    {
        if (!status.IsVoid())
        {
            return true;
        }

        VoidLookups++;
        return VoidLookups <= Options.VoidLookupLimit
            || Fails(Strings.Spf_ProblemVoidLimit, Options.VoidLookupLimit, term.Text, domain);
    }

    public AuthenticationResult Fail(AuthenticationResult outcome, string format, params object?[] arguments)
    {
        Fails(format, arguments);
        return outcome;
    }

    public AuthenticationResult FailLookup(DnsResponse response)
    {
        Failed ??= response;
        return Fail(AuthenticationResult.TempError, Strings.Spf_ProblemLookup, response.Name, response.Type, response.Status);
    }

    public void Step(int depth, string domain, string term, string? target, DnsStatus? status, bool? matched, AuthenticationResult? result)
    {
        if (Options.Traces)
        {
            (_trace ??= []).Add(new SpfTraceStep(depth, domain, term, target ?? "", status, matched, result));
        }
    }

    public void Dispose() => _source.Dispose();

    private bool Fails(string format, params object?[] arguments)
    {
        if (Problem.Length == 0)
        {
            Problem = Sentences.Insert(format, arguments);
        }

        return false;
    }
}
