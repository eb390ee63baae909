using System.Runtime.InteropServices;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Tls;

namespace Dmarc.Reports.Reading;

/// <summary>The values that identify a row. Data common to all rows of the report is not included.</summary>
/// <param name="Full">All values of the row.</param>
/// <param name="Core">The values that a row of a damaged report always has.</param>
internal readonly record struct RowPrint(ulong Full, ulong Core)
{
    public static RowPrint Of(AggregateReportRow row)
    {
        ValueHash hash = ValueHash.New();
        hash.Add(row.SourceIP);
        hash.Add(row.Count);
        hash.Add(row.CountText);
        hash.Add(row.HeaderFrom);
        ulong core = hash.Value;
        hash.Add(row.WrittenDisposition.Text);
        hash.Add(row.WrittenDkimResult.Text);
        hash.Add(row.WrittenSpfResult.Text);
        hash.Add(row.EnvelopeFrom);
        hash.Add(row.EnvelopeTo);
        foreach (OverrideReason reason in row.OverrideReasons.AsSpan())
        {
            hash.Add(reason.WrittenType.Text);
            hash.Add(reason.Comment);
        }

        hash.Add(row.Dkim.Count);
        foreach (ReportedDkim dkim in row.Dkim.AsSpan())
        {
            hash.Add(dkim.Domain);
            hash.Add(dkim.Selector);
            hash.Add((long)dkim.Result);
            hash.Add(dkim.HumanResult);
        }

        hash.Add(row.Spf.Count);
        foreach (ReportedSpf spf in row.Spf.AsSpan())
        {
            hash.Add(spf.Domain);
            hash.Add(spf.Scope is { } scope ? (long)scope : -1);
            hash.Add((long)spf.Result);
            hash.Add(spf.HumanResult);
        }

        return new RowPrint(hash.Value, core);
    }

    public static RowPrint Of(TlsReportRow row)
    {
        ValueHash hash = ValueHash.New();
        hash.Add(row.PolicyDomain);
        hash.Add(row.TotalSuccessfulSessions);
        hash.Add(row.TotalFailedSessions);
        hash.Add(row.WrittenResultType.Text);
        hash.Add(row.FailedSessions);
        hash.Add(row.SendingMtaIP);
        ulong core = hash.Value;
        hash.Add(row.WrittenPolicyType.Text);
        hash.Add(row.ReceivingMxHostname);
        hash.Add(row.ReceivingMxHelo);
        hash.Add(row.ReceivingIP);
        hash.Add(row.AdditionalInformation);
        hash.Add(row.FailureReasonCode);
        return new RowPrint(hash.Value, core);
    }

    /// <summary>
    /// A 64-bit hash of values (FNV-1a, of texts four characters at a time): no chance collisions in one report.
    /// </summary>
    private struct ValueHash
    {
        private const ulong Prime = 0x100000001B3;

        /// <summary>Represents a missing text; no text has this length.</summary>
        private const ulong NoText = ulong.MaxValue;

        public ulong Value { get; private set; }

        public static ValueHash New() => new() { Value = 0xCBF29CE484222325 };

        public void Add(string? text)
        {
            // The length comes before the text: null differs from empty, and texts stay separate.
            ReadOnlySpan<char> characters = text.AsSpan();
            ulong value = Mix(Value, text is null ? NoText : (ulong)characters.Length);
            foreach (ulong four in MemoryMarshal.Cast<char, ulong>(characters))
            {
                value = Mix(value, four);
            }

            foreach (char character in characters.Slice(characters.Length & ~3))
            {
                value = Mix(value, character);
            }

            Value = value;
        }

        public void Add(long number) => Value = Mix(Value, (ulong)number);

        private static ulong Mix(ulong hash, ulong value)
        {
            ulong product = (hash ^ value) * Prime;
            return product ^ (product >> 32);
        }
    }
}
