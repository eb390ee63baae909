namespace Dmarc.Build.Help;

/// <summary>A language of the help: the location of its pages, and the words that structure them.</summary>
/// <param name="Culture">
/// The UI culture (with its child cultures) whose sessions read it: the name of the folder in the module.
/// </param>
/// <param name="Pages">The folder of its pages, relative to <c>docs</c>, with slashes.</param>
/// <param name="Sections">The headings of the sections of <see cref="HelpPageReader"/>.</param>
/// <param name="DefaultLead">The beginning of a paragraph with a default value.</param>
/// <param name="ExampleTitle">The heading of an example, with placeholders for number and title.</param>
/// <param name="OnlineVersion">The text of the link that <c>Get-Help -Online</c> opens.</param>
/// <param name="FindingTopic">The words of <c>about_Dmarc_Findings</c>.</param>
internal sealed record HelpLanguage(
    string Culture,
    string Pages,
    IReadOnlyDictionary<string, string> Sections,
    string DefaultLead,
    string ExampleTitle,
    string OnlineVersion,
    FindingTopicWords FindingTopic)
{
    public static readonly HelpLanguage English = new(
        "en-US",
        "commands",
        new[] { "Description", "Parameters", "Inputs", "Outputs", "Notes", "Examples", "Related" }.ToDictionary(section => section),
        "Default: ",
        "Example {0}: {1}",
        "Online version",
        new FindingTopicWords(
            "TOPIC",
            "SHORT DESCRIPTION",
            "All findings that the commands of the module Dmarc report, by code.",
            "LONG DESCRIPTION",
            [
                "What the commands report beside their results: each finding has a stable code to filter by, such as",
                "`Where-Object { $_.Findings.Code -contains 'DmarcPolicyNone' }`. An `…` stands for a value of the input.",
                "",
                "Severities: *Error* does not work or leaves the domain open; *Warning* works, but not as intended or not as well;",
                "*Information* is worth knowing.",
            ]));

    public static readonly HelpLanguage Japanese = new(
        "ja",
        "ja/commands",
        new Dictionary<string, string>
        {
            ["説明"] = "Description",
            ["パラメーター"] = "Parameters",
            ["入力"] = "Inputs",
            ["出力"] = "Outputs",
            ["メモ"] = "Notes",
            ["例"] = "Examples",
            ["関連項目"] = "Related",
        },
        "既定値：",
        "例 {0}：{1}",
        "オンライン版",
        new FindingTopicWords(
            "トピック",
            "概要",
            "Dmarc モジュールのコマンドが報告するすべての検出結果（コード順）。",
            "詳細",
            [
                "コマンドが結果とあわせて報告する内容です。検出結果のコードは変わることがなく、",
                "`Where-Object { $_.Findings.Code -contains 'DmarcPolicyNone' }` のように絞り込みに使えます。",
                "文中の `…` には入力の値が入ります。",
                "",
                "重大度：*Error* は機能していないか、ドメインが無防備な状態、*Warning* は意図どおりではないか不十分な状態、",
                "*Information* は知っておくとよい情報です。",
            ]));

    /// <summary>All languages; the others are compared with the first one.</summary>
    public static IReadOnlyList<HelpLanguage> All { get; } = [English, Japanese];
}

/// <summary>The words around the list of findings in its help topic.</summary>
/// <param name="Topic">The heading of the topic's name.</param>
/// <param name="Short">The heading of <paramref name="Summary"/>.</param>
/// <param name="Summary">The topic in one line.</param>
/// <param name="Long">The heading of <paramref name="Introduction"/>.</param>
/// <param name="Introduction">The lines before the first finding, in Markdown.</param>
internal sealed record FindingTopicWords(string Topic, string Short, string Summary, string Long, IReadOnlyList<string> Introduction);
