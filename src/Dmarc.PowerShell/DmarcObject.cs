using Dmarc.Advice.Audit;
using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;

namespace Dmarc.PowerShell;

/// <summary>What an object with a domain says about the DMARC record of the domain.</summary>
internal enum DmarcObjectKind
{
    /// <summary>The name of a domain, a row of a list, or text.</summary>
    Domain,

    /// <summary>A result that says what the record is, live or copied.</summary>
    Record,

    /// <summary>A next step of an audit for the DMARC record.</summary>
    DmarcStep,

    /// <summary>A next step for something else.</summary>
    OtherStep,

    /// <summary>Another object of the module.</summary>
    Other,
}

/// <summary>Recognises the objects of the module: live, deserialised, selected, and from CSV or JSON.</summary>
internal static class DmarcObject
{
    private const int FewestShared = 4;

    private static readonly string[] Prefixes = [CopiedObject.Prefix, "Selected.", "CSV:"];

    /// <summary>The properties that only objects that say what the record is have.</summary>
    private static readonly string[] RecordMarks = ["RecordDomain", "DmarcRecord", "NextRecord", "ZoneLine"];

    private static readonly Type[] Known =
        [typeof(DmarcRecordResult), typeof(MailDomainResult), typeof(RolloutResult), typeof(DmarcRecordDraft), typeof(MailDomainStep)];

    private static readonly Lazy<HashSet<string>[]> OtherShapes = new(ReadOtherShapes);

    /// <summary>The kind of a piped object; null for none.</summary>
    public static DmarcObjectKind KindOf(PSObject? item)
    {
        if (item is null || item.BaseObject is string or DomainName)
        {
            return DmarcObjectKind.Domain;
        }

        HashSet<string> names = new(item.Properties.Select(property => property.Name), StringComparer.OrdinalIgnoreCase);
        string type = TypeOf(item);
        if (names.Contains(nameof(MailDomainStep.RecordName)) && names.Contains(nameof(MailDomainStep.RecordValue)))
        {
            return item.Properties[nameof(MailDomainStep.RecordName)].Value is { } name && IsDmarcName(name.ToString())
                ? DmarcObjectKind.DmarcStep
                : DmarcObjectKind.OtherStep;
        }

        return Array.Exists(Known, known => known.FullName == type) ? DmarcObjectKind.Record
            : names.Count == 1 && names.Contains(nameof(MailDomainStep.Domain)) ? DmarcObjectKind.Domain
            : type.StartsWith("Dmarc.", StringComparison.Ordinal) ? DmarcObjectKind.Other
            : Array.Exists(RecordMarks, names.Contains) ? DmarcObjectKind.Record
            : Array.Exists(OtherShapes.Value, shape => IsCopy(names, shape)) ? DmarcObjectKind.Other
            : DmarcObjectKind.Domain;
    }

    private static bool IsDmarcName(string? name) => name?.StartsWith("_dmarc.", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>True if most properties of a type are there: earlier versions had fewer, and users leave some out.</summary>
    private static bool IsCopy(HashSet<string> names, HashSet<string> shape)
    {
        int shared = shape.Count(names.Contains);
        return shared >= FewestShared && shared * 2 > shape.Count;
    }

    private static string TypeOf(PSObject item)
    {
        string type = item.TypeNames.Count == 0 ? "" : item.TypeNames[0];
        while (Array.Find(Prefixes, prefix => type.StartsWith(prefix, StringComparison.Ordinal)) is { } found)
        {
            type = type.Substring(found.Length);
        }

        return type;
    }

    private static HashSet<string>[] ReadOtherShapes() =>
    [
        .. typeof(DmarcRecordResult).Assembly.GetExportedTypes()
            .Where(type => type.GetProperty("Domain") is not null && Array.IndexOf(Known, type) < 0)
            .Select(type => new HashSet<string>(type.GetProperties().Select(property => property.Name), StringComparer.OrdinalIgnoreCase)),
    ];
}
