namespace Dmarc.Text;

/// <summary>One tag of a list.</summary>
/// <param name="Name">The name, which is case-sensitive.</param>
/// <param name="Value">The value without white space around it; folds inside are kept.</param>
/// <param name="Position">Where the name begins in the text.</param>
/// <param name="ValuePosition">Where the value begins, including white space before it.</param>
/// <param name="ValueEnd">Where the value ends, including white space after it: the next semicolon or the end.</param>
internal sealed record Tag(string Name, string Value, int Position, int ValuePosition, int ValueEnd);

/// <summary>Why a text is not a valid tag list.</summary>
internal enum TagListProblem
{
    /// <summary>The text is a valid tag list.</summary>
    None,

    /// <summary>Something between two semicolons has no equals sign.</summary>
    NoEqualsSign,

    /// <summary>A name is not a letter followed by letters, digits and underscores.</summary>
    BadName,

    /// <summary>A name is duplicated, which makes the whole list invalid.</summary>
    Duplicate,

    /// <summary>The list exceeds the maximum number of tags.</summary>
    TooMany,
}

/// <summary>A tag list as in signatures and key records (RFC 6376 §3.2).</summary>
internal sealed class TagList
{
    /// <summary>The maximum number of tags; the standards define fewer than twenty.</summary>
    public const int MaximumTags = 200;

    private readonly List<Tag> _tags = [];
    private readonly List<(string Name, int Position)> _repeated = [];
    private readonly Dictionary<string, Tag> _byName = new(StringComparer.Ordinal);

    private TagList()
    {
    }

    /// <summary>The tags in order.</summary>
    public IReadOnlyList<Tag> Tags => _tags;

    /// <summary>The first problem.</summary>
    public TagListProblem Problem { get; private set; }

    /// <summary>The position of the first problem.</summary>
    public int ProblemPosition { get; private set; }

    /// <summary>The text concerned: the name, or the text that is not a tag.</summary>
    public string ProblemText { get; private set; } = "";

    /// <summary>The names of all repeated tags and their positions, independent of other problems.</summary>
    public IReadOnlyList<(string Name, int Position)> Repeated => _repeated;

    /// <summary>True if a tag is empty, which the grammar does not allow.</summary>
    public bool HasEmptyTag { get; private set; }

    /// <summary>The tag with this name; null if it is missing.</summary>
    public Tag? this[string name] => _byName.TryGetValue(name, out Tag? tag) ? tag : null;

    /// <summary>Reads a list.</summary>
    public static TagList Parse(string text)
    {
        TagList list = new();
        TagReader parts = new(text, isFolded: true);
        while (list.Problem != TagListProblem.TooMany && parts.Read())
        {
            list.Add(parts);
        }

        return list;
    }

    /// <summary>A value without any white space, as for base64.</summary>
    public static string WithoutWhiteSpace(string value)
    {
        char[] characters = Array.FindAll(value.ToCharArray(), character => !IsWhiteSpace(character));
        return characters.Length == value.Length ? value : new string(characters);
    }

    /// <summary>The items of a value separated by colons, without white space around them.</summary>
    public static List<string> SplitColons(string value) => [.. value.Split(':').Select(item => item.Trim(WhiteSpace))];

    /// <summary>The bytes of a base64 value, white space ignored; null if it is not valid base64.</summary>
    public static byte[]? DecodeBase64(string value)
    {
        int significant = value.Count(character => !IsWhiteSpace(character));
        if (significant % 4 != 0 && value.IndexOf('=') < 0)
        {
            // Missing padding can be restored unambiguously.
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

    private void Add(TagReader part)
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

        string name = part.Text.Substring(part.Start, part.NameEnd(equals) - part.Start);
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
        Tag tag = new(name, part.Text.Substring(value, part.End - value), part.Start, equals + 1, part.Semicolon);
        _tags.Add(tag);
        _byName.Add(name, tag);
    }

    private void Note(TagListProblem problem, int position, string text)
    {
        if (Problem == TagListProblem.None)
        {
            Problem = problem;
            ProblemPosition = position;
            ProblemText = text.Substring(0, Math.Min(text.Length, 60));
        }
    }

    private static bool IsName(string name)
    {
        bool isName = name.Length > 0 && IsLetter(name[0]);
        for (int index = 1; isName && index < name.Length; index++)
        {
            isName = IsLetter(name[index]) || name[index] is (>= '0' and <= '9') or '_';
        }

        return isName;
    }

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
