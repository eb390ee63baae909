using System.Globalization;
using System.Text;
using System.Xml;

namespace Dmarc.Build.Help;

/// <summary>Writes the help file that Get-Help reads (MAML).</summary>
internal sealed class MamlWriter
{
    private const string Maml = "http://schemas.microsoft.com/maml/2004/10";
    private const string Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private const string Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly XmlWriter _xml;
    private readonly HelpPageFolder _pages;
    private readonly HelpLanguage _language;
    private readonly Uri _address;

    private MamlWriter(XmlWriter xml, HelpPageFolder pages, Uri address)
    {
        _xml = xml;
        _pages = pages;
        _language = pages.Language;
        _address = address;
    }

    /// <param name="file">The file to write.</param>
    /// <param name="commands">The commands.</param>
    /// <param name="pages">Their pages in one language.</param>
    /// <param name="address">The URL of the folder of these pages, with a final slash.</param>
    public static void Write(string file, IReadOnlyList<CommandSignature> commands, HelpPageFolder pages, Uri address)
    {
        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using XmlWriter xml = XmlWriter.Create(file, settings);
        MamlWriter writer = new(xml, pages, address);
        xml.WriteStartElement("helpItems", "http://msh");
        xml.WriteAttributeString("schema", "maml");
        foreach (CommandSignature command in commands)
        {
            writer.WriteCommand(command, pages.Pages[command.Name]);
        }

        xml.WriteEndElement();
    }

    private void WriteCommand(CommandSignature command, HelpPage page)
    {
        _xml.WriteStartElement("command", "command", Command);
        _xml.WriteAttributeString("xmlns", "maml", null, Maml);
        _xml.WriteAttributeString("xmlns", "dev", null, Dev);

        _xml.WriteStartElement("details", Command);
        _xml.WriteElementString("name", Command, command.Name);
        _xml.WriteElementString("verb", Command, command.Verb);
        _xml.WriteElementString("noun", Command, command.Noun);
        WriteParagraphs("description", page.Synopsis);
        _xml.WriteEndElement();

        WriteParagraphs("description", page.Description);
        WriteSyntax(command);

        _xml.WriteStartElement("parameters", Command);
        foreach (ParameterSignature parameter in command.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            ParameterSetMembership use = parameter.Sets
                .OrderByDescending(set => set.Name == command.DefaultParameterSet)
                .ThenByDescending(set => set.ByValue || set.ByPropertyName)
                .First();
            WriteParameter(command, parameter, use, false);
        }

        _xml.WriteEndElement();

        WriteTypes("inputTypes", "inputType", page.Inputs);
        WriteTypes("returnValues", "returnValue", page.Outputs);

        if (page.Notes.Count > 0)
        {
            _xml.WriteStartElement("alertSet", Maml);
            WriteParagraphs("alert", page.Notes);
            _xml.WriteEndElement();
        }

        WriteExamples(page);

        _xml.WriteStartElement("relatedLinks", Command);
        // Get-Help -Online opens the first link.
        foreach (HelpLink link in page.Links.Prepend(new HelpLink(_language.OnlineVersion, command.Name + ".md")))
        {
            _xml.WriteStartElement("navigationLink", Maml);
            _xml.WriteElementString("linkText", Maml, link.Text);
            _xml.WriteElementString("uri", Maml, new Uri(_address, link.Uri).AbsoluteUri);
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void WriteSyntax(CommandSignature command)
    {
        _xml.WriteStartElement("syntax", Command);
        foreach (string set in command.ParameterSets)
        {
            _xml.WriteStartElement("syntaxItem", Command);
            _xml.WriteElementString("name", Maml, command.Name);
            IEnumerable<(ParameterSignature Parameter, ParameterSetMembership Use)> members = command.Parameters
                .Select(parameter => (Parameter: parameter, Use: parameter.In(set)))
                .Where(member => member.Use is not null)
                .Select(member => (member.Parameter, member.Use!))
                .OrderBy(member => member.Item2.Position ?? int.MaxValue)
                .ThenByDescending(member => member.Item2.Mandatory);
            foreach ((ParameterSignature parameter, ParameterSetMembership use) in members)
            {
                WriteParameter(command, parameter, use, true);
            }

            if (command.SupportsShouldProcess)
            {
                WriteSwitch("WhatIf");
                WriteSwitch("Confirm");
            }

            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    private void WriteSwitch(string name)
    {
        _xml.WriteStartElement("parameter", Command);
        _xml.WriteAttributeString("required", "false");
        _xml.WriteAttributeString("position", "named");
        _xml.WriteElementString("name", Maml, name);
        _xml.WriteEndElement();
    }

    private void WriteParameter(CommandSignature command, ParameterSignature parameter, ParameterSetMembership use, bool inSyntax)
    {
        bool many = parameter.Type.IsArray;
        _xml.WriteStartElement("parameter", Command);
        _xml.WriteAttributeString("required", use.Mandatory ? "true" : "false");
        _xml.WriteAttributeString("variableLength", many ? "true" : "false");
        _xml.WriteAttributeString("globbing", parameter.SupportsWildcards ? "true" : "false");
        _xml.WriteAttributeString("pipelineInput", use.PipelineInput);
        _xml.WriteAttributeString("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named");
        _xml.WriteAttributeString("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases));
        _xml.WriteElementString("name", Maml, parameter.Name);
        IReadOnlyList<string> description = _pages.Describe(command.Name, parameter.Name) ?? [];
        string? usual = description.FirstOrDefault(IsDefault);
        WriteParagraphs("description", description.Where(paragraph => !IsDefault(paragraph)));
        if (inSyntax && parameter.Values.Count > 0)
        {
            _xml.WriteStartElement("parameterValueGroup", Command);
            foreach (string value in parameter.Values)
            {
                WriteValue(value, false);
            }

            _xml.WriteEndElement();
        }

        if (!parameter.IsSwitch)
        {
            WriteValue(parameter.TypeName, many);
        }

        _xml.WriteStartElement("type", Dev);
        _xml.WriteElementString("name", Maml, parameter.TypeName);
        _xml.WriteElementString("uri", Maml, "");
        _xml.WriteEndElement();
        _xml.WriteElementString("defaultValue", Dev, usual?[_language.DefaultLead.Length..] ?? (parameter.IsSwitch ? "False" : "None"));
        _xml.WriteEndElement();
    }

    private bool IsDefault(string paragraph) => paragraph.StartsWith(_language.DefaultLead, StringComparison.Ordinal);

    private void WriteValue(string text, bool many)
    {
        _xml.WriteStartElement("parameterValue", Command);
        _xml.WriteAttributeString("required", "true");
        _xml.WriteAttributeString("variableLength", many ? "true" : "false");
        _xml.WriteString(text);
        _xml.WriteEndElement();
    }

    private void WriteTypes(string group, string element, IReadOnlyList<HelpEntry> entries)
    {
        _xml.WriteStartElement(group, Command);
        foreach (HelpEntry entry in entries)
        {
            _xml.WriteStartElement(element, Command);
            _xml.WriteStartElement("type", Dev);
            _xml.WriteElementString("name", Maml, entry.Type);
            _xml.WriteEndElement();
            WriteParagraphs("description", entry.Paragraphs);
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    private void WriteExamples(HelpPage page)
    {
        _xml.WriteStartElement("examples", Command);
        for (int index = 0; index < page.Examples.Count; index++)
        {
            HelpExample example = page.Examples[index];
            _xml.WriteStartElement("example", Command);
            string title = string.Format(CultureInfo.InvariantCulture, _language.ExampleTitle, index + 1, example.Title);
            _xml.WriteElementString("title", Maml, "---- " + title + " ----");
            _xml.WriteElementString("code", Dev, example.Code);
            _xml.WriteStartElement("remarks", Dev);
            foreach (string remark in example.Remarks)
            {
                _xml.WriteElementString("para", Maml, remark);
            }

            // Separates it from the next one.
            _xml.WriteElementString("para", Maml, "");

            _xml.WriteEndElement();
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    private void WriteParagraphs(string element, IEnumerable<string> paragraphs)
    {
        _xml.WriteStartElement(element, Maml);
        foreach (string paragraph in paragraphs)
        {
            _xml.WriteElementString("para", Maml, paragraph);
        }

        _xml.WriteEndElement();
    }
}
