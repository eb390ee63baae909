namespace Dmarc.PowerShell;

/// <summary>
/// Finds rows of <c>Import-Csv</c> that contain further rows. Import-Csv reads an unclosed quotation mark as a value of
/// several lines, up to the next quotation mark, without an error.
/// </summary>
internal sealed class SwallowedRows
{
    private long _number;
    private object? _first;
    private string _value = "";

    /// <summary>The value of a row that contains further rows; null if there is none.</summary>
    /// <param name="item">The row.</param>
    public static string? ValueOf(object? item)
    {
        if (item is not PSObject { BaseObject: PSCustomObject } row
            || row.TypeNames.Contains(CopiedObject.Prefix + typeof(PSCustomObject).FullName))
        {
            return null;
        }

        int columns = 0;
        string? found = null;
        foreach (PSPropertyInfo property in row.Properties)
        {
            // Only rows of a table contain nothing but texts.
            if (property.MemberType != PSMemberTypes.NoteProperty || property.Value is not (null or string))
            {
                return null;
            }

            columns++;
            found ??= property.Value is string text && text.IndexOf('\n') >= 0 ? text : null;
        }

        if (found is null || columns < 2)
        {
            return null;
        }

        string more = found.Substring(found.IndexOf('\n') + 1);
        return more.IndexOf('"') >= 0 || more.Split(',', ';', '\t', '|').Length >= columns ? found : null;
    }

    /// <summary>Examines a row.</summary>
    public bool Look(object? item)
    {
        if (ValueOf(item) is not { } value)
        {
            return false;
        }

        if (_number++ == 0)
        {
            _first = item;
            _value = value;
        }

        return true;
    }

    /// <summary>Reports the rows found, in one error.</summary>
    public void Complete(DmarcCommand cmdlet)
    {
        if (_number > 0)
        {
            string start = _value.Substring(0, Math.Min(_value.Length, 60)).Replace('\r', ' ').Replace('\n', ' ');
            cmdlet.WriteError(ErrorRecords.SwallowedRows(_number, _first!, start));
        }
    }
}
