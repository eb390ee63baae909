namespace Dmarc.Catalogue;

/// <summary>Builds a service from its lines in <c>sending-services.txt</c>.</summary>
internal sealed class SendingServiceLines(string name)
{
    private static readonly Dictionary<string, int> Lists = new(StringComparer.Ordinal)
    {
        ["spf"] = 0, ["mx"] = 1, ["ptr"] = 2, ["ptr-not"] = 3, ["dkim"] = 4, ["mailfrom"] = 5, ["selectors"] = 6,
        ["selectors-always"] = 7, ["selectors-more"] = 8, ["dkim-aliases"] = 9, ["verification"] = 10,
    };

    private static readonly char[] Comma = [','];

    private readonly PrintableList<string>?[] _lists = new PrintableList<string>?[Lists.Count];
    private PrintableList<string> _sources = PrintableList<string>.Empty;
    private string _kind = "";
    private string _signing = "";
    private string _japaneseSigning = "";
    private string? _returnPath;
    private string _japaneseReturnPath = "";

    /// <summary>Adds one line.</summary>
    /// <exception cref="FormatException">The key is unknown.</exception>
    public void Add(string key, string value)
    {
        if (Lists.TryGetValue(key, out int list))
        {
            string[] values = value.Split(Comma);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = values[i].Trim();
            }

            _lists[list] = values.ToPrintableList();
            return;
        }

        switch (key)
        {
            case "kind" when value is "shared" or "forwarder" or "filter":
                _kind = value;
                break;
            case "signing":
                _signing = value;
                break;
            case "signing.ja":
                _japaneseSigning = value;
                break;
            case "return-path":
                _returnPath = value;
                break;
            case "return-path.ja":
                _japaneseReturnPath = value;
                break;
            case "source":
                _sources = value.Split(' ').ToPrintableList();
                break;
            default:
                throw new FormatException(key + ": " + value);
        }
    }

    /// <summary>The service described by the lines.</summary>
    public SendingService ToService() => new()
    {
        Name = name,
        SpfDomains = List("spf"),
        MxDomains = List("mx"),
        PtrDomains = List("ptr"),
        ForeignPtrDomains = List("ptr-not"),
        DkimDomains = List("dkim"),
        MailFromDomains = List("mailfrom"),
        DkimSelectors = List("selectors"),
        CommonDkimSelectors = List("selectors-always"),
        FurtherDkimSelectors = List("selectors-more"),
        DkimAliasDomains = List("dkim-aliases"),
        VerificationPrefixes = List("verification"),
        Sources = _sources,
        IsShared = _kind == "shared",
        IsForwarder = _kind == "forwarder",
        IsFilter = _kind == "filter",
        SigningSetUp = _signing,
        JapaneseSigningSetUp = _japaneseSigning,
        ReturnPath = _returnPath switch
        {
            null => CustomReturnPath.Unknown,
            "none" => CustomReturnPath.NotPossible,
            "own" => CustomReturnPath.Always,
            _ => CustomReturnPath.Possible,
        },
        ReturnPathSetUp = _returnPath is null or "none" or "own" ? "" : _returnPath,
        JapaneseReturnPathSetUp = _japaneseReturnPath,
    };

    private PrintableList<string> List(string key) => _lists[Lists[key]] ?? PrintableList<string>.Empty;
}
