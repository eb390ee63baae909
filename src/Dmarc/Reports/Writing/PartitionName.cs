using System.Security.Cryptography;

namespace Dmarc.Reports.Writing;

/// <summary>
/// Folder names in the style of Apache Hive, which all engines know: <c>month=2026-01/domain=example.com</c>. Values
/// are untrusted: other characters than letters, digits, dots, hyphens and underscores become <c>%2F</c> and so on,
/// long values are cut.
/// </summary>
internal static class PartitionName
{
    /// <summary>The engines' name for "no value".</summary>
    public const string None = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>File systems allow 255 bytes for a name.</summary>
    private const int MaximumCharacters = 180;

    /// <summary>The folder of a row, relative to the export's folder.</summary>
    public static string Of(IReadOnlyList<ExportPartition> keys, ExportSchema schema, object row) => keys.Count == 1
        ? Folder(keys[0], schema, row)
        : string.Join(Path.DirectorySeparatorChar.ToString(), keys.Select(key => Folder(key, schema, row)));

    private static string Folder(ExportPartition key, ExportSchema schema, object row) => key switch
    {
        ExportPartition.Month => "month=" + (schema.Time(row)?.ToString("yyyy-MM", CultureInfo.InvariantCulture) ?? None),
        ExportPartition.Day => "day=" + (schema.Time(row)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? None),
        ExportPartition.Domain => "domain=" + Value(DomainKey.Of(schema.Domain(row))),
        ExportPartition.Reporter => "reporter=" + Value(schema.Reporter(row)),
        _ => "type=" + schema.Type,
    };

    /// <summary>The value as part of a folder name.</summary>
    internal static string Value(string value)
    {
        if (value.Length == 0)
        {
            return None;
        }

        StringBuilder name = new(value.Length);
        foreach (byte octet in Encoding.UTF8.GetBytes(value))
        {
            if (octet is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'_' or (byte)'.')
            {
                name.Append((char)octet);
            }
            else
            {
                name.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
            }

            if (name.Length > MaximumCharacters)
            {
                // Keeps long values with the same beginning distinct.
                using SHA256 hash = SHA256.Create();
                return Hex(hash.ComputeHash(Encoding.UTF8.GetBytes(value)), 8) + "~" + name.ToString(0, 100).TrimEnd('%', '.');
            }
        }

        // Windows allows no final dot in a name.
        return name[name.Length - 1] == '.' ? name.ToString(0, name.Length - 1) + "%2E" : name.ToString();
    }

    /// <summary>The first bytes as hexadecimal digits.</summary>
    internal static string Hex(byte[] bytes, int count) =>
        BitConverter.ToString(bytes, 0, count).Replace("-", "").ToLowerInvariant();
}
