namespace Dmarc.Text;

/// <summary>One tag of a list.</summary>
/// <param name="Name">The name; its case counts.</param>
/// <param name="Value">The value without white space around it; folds inside are kept.</param>
/// <param name="Position">Where the name begins in the text.</param>
/// <param name="ValuePosition">Where the value begins, white space before it included.</param>
/// <param name="ValueEnd">Where the value ends, white space after it included: the next semicolon or the end.</param>
internal sealed record Tag(string Name, string Value, int Position, int ValuePosition, int ValueEnd);

/// <summary>Why a text is no tag list.</summary>
internal enum TagListProblem
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Something between two semicolons has no equals sign.</summary>
    NoEqualsSign,

    /// <summary>A name is not a letter followed by letters, digits and underscores.</summary>
    BadName,

    /// <summary>A name comes twice, which makes the whole list invalid.</summary>
    Duplicate,

    /// <summary>There are more tags than are read.</summary>
    TooMany,
}

/// <summary>A list of tags as signatures and key records are written (RFC 6376 §3.2).</summary>
internal sealed class TagList
{
    /// <summary>The most tags that are read; the standards name fewer than twenty.</summary>
    public const int MaximumTags = 200;

    private readonly List<Tag> _tags = [];
    private readonly List<(string Name, int Position)> _repeated = [];
    private readonly Dictionary<string, Tag> _byName = new(StringComparer.Ordinal);

    private TagList()
    {
    }

    /// <summary>The tags in order.</summary>
    public IReadOnlyList<Tag> Tags => _tags;

    /// <summary>The first thing that is wrong.</summary>
    public TagListProblem Problem { get; private set; }

    /// <summary>Where that is.</summary>
    public int ProblemPosition { get; private set; }

    /// <summary>The text that it is about: the name, or what stands instead of a tag.</summary>
    public string ProblemText { get; private set; } = "";

    /// <summary>The names that come again, each time that they do, and where; whatever else is wrong.</summary>
    public IReadOnlyList<(string Name, int Position)> Repeated => _repeated;

    /// <summary>True if nothing stands between two semicolons, which the grammar does not allow.</summary>
    public bool HasEmptyTag { get; private set; }

    /// <summary>A tag by its name; null if it is not there.</summary>
    public Tag? this[string name] => _byName.TryGetValue(name, out Tag? tag) ? tag : null;

    /// <summary>Reads a list.</summary>
    public static TagList Parse(string text)
    {
        TagList list = new();
        TagReader parts = new(text, isFolded: true);
        while (list.Problem != TagListProblem.TooMany && parts.Read())
        {
            list.Add(text, parts);
        }

        return list;
    }

    /// <summary>A value without any white space in it, as base64 values are read.</summary>
    public static string WithoutWhiteSpace(string value)
    {
        int length = 0;
        char[] characters = new char[value.Length];
        foreach (char character in value)
        {
            if (!IsWhiteSpace(character))
            {
                characters[length++] = character;
            }
        }

        return length == value.Length ? value : new string(characters, 0, length);
    }

    /// <summary>The items of a value separated by colons, without white space around them.</summary>
    public static List<string> SplitColons(string value)
    {
        List<string> items = [];
        foreach (string item in value.Split(':'))
        {
            items.Add(item.Trim(WhiteSpace));
        }

        return items;
    }

    /// <summary>The bytes of a base64 value; null if it is none. White space in it does not count.</summary>
    public static byte[]? DecodeBase64(string value)
    {
        int significant = 0;
        foreach (char character in value)
        {
            significant += IsWhiteSpace(character) ? 0 : 1;
        }

        if (significant % 4 != 0 && value.IndexOf('=') < 0)
        {
            // Padding that was left out is certain to restore.
            value += new string('=', 4 - (significant % 4));
        }

        try
        {
            return Convert.FromBase64String(value);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static readonly char[] WhiteSpace = [' ', '\t', '\r', '\n'];

    private static bool IsWhiteSpace(char character) => character is ' ' or '\t' or '\r' or '\n';

    private void Add(string text, TagReader part)
    {
        if (part.IsEmpty)
        {
            HasEmptyTag |= !part.IsLast;
            return;
        }

        int equals = part.EqualsSign;
        if (equals < 0)
        {
            Note(TagListProblem.NoEqualsSign, part.Start, part.Part);
            return;
        }

        string name = text.Substring(part.Start, part.NameEnd(equals) - part.Start);
        if (!IsName(name))
        {
            Note(TagListProblem.BadName, part.Start, name);
            return;
        }

        if (this[name] is not null)
        {
            Note(TagListProblem.Duplicate, part.Start, name);
            if (_repeated.Count < MaximumTags)
            {
                _repeated.Add((name, part.Start));
            }

            return;
        }

        if (_tags.Count == MaximumTags)
        {
            Problem = TagListProblem.TooMany;
            ProblemPosition = part.Start;
            return;
        }

        int value = part.ValueStart(equals);
        Tag tag = new(name, text.Substring(value, part.End - value), part.Start, equals + 1, part.Semicolon);
        _tags.Add(tag);
        _byName.Add(name, tag);
    }

    private void Note(TagListProblem problem, int position, string text)
    {
        if (Problem == TagListProblem.None)
        {
            Problem = problem;
            ProblemPosition = position;
            ProblemText = text.Length > 60 ? text.Substring(0, 60) : text;
        }
    }

    private static bool IsName(string name)
    {
        if (name.Length == 0 || !IsLetter(name[0]))
        {
            return false;
        }

        foreach (char character in name)
        {
            if (!IsLetter(character) && character is not ((>= '0' and <= '9') or '_'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
