using System.Text;
using System.Xml;

namespace Dmarc.Build.Views;

/// <summary>
/// Writes the views for PowerShell (<c>Format.xsd</c>). Every value calls a method of <c>DmarcFormat</c> on a property
/// or on the object, so that no untrusted text reaches a terminal unescaped.
/// </summary>
internal static class ViewFile
{
    /// <summary>
    /// Wider than any window: PowerShell narrows the last column until it fits. Without a width it would measure the
    /// cells of all columns and ignore the widths of the others.
    /// </summary>
    private const int Rest = 1000;

    public static void Write(string path, ViewTable table)
    {
        XmlWriterSettings settings = new() { Indent = true, IndentChars = " ", Encoding = new UTF8Encoding(false) };
        using XmlWriter xml = XmlWriter.Create(path, settings);
        xml.WriteStartElement("Configuration");
        xml.WriteStartElement("ViewDefinitions");
        foreach (TypeViews type in table.Types)
        {
            foreach (View view in type.Views.Where(view => type.Group is null || view.Form != ViewForm.List))
            {
                Action<XmlWriter> body = view.Form == ViewForm.List
                    ? writer => WriteList(writer, [(null, view)])
                    : writer => WriteTable(writer, view);
                WriteView(xml, type.Name, [type.Name], body);
            }

            if (type.Members.Count > 0)
            {
                string[] names = [type.Name, .. type.Members.Select(member => member.Name)];
                WriteView(xml, type.Name, names, writer => WriteList(writer, [.. type.Members.Select((member, index) =>
                    (index == 0 ? null : member.Name, member.Views.First(view => view.Form == ViewForm.List)))]));
                WriteView(xml, type.Name, names, WriteWide);
            }
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteView(XmlWriter xml, string name, IEnumerable<string> types, Action<XmlWriter> body)
    {
        xml.WriteStartElement("View");
        xml.WriteElementString("Name", name);
        xml.WriteStartElement("ViewSelectedBy");
        foreach (string type in types)
        {
            xml.WriteElementString("TypeName", type);
        }

        xml.WriteEndElement();
        body(xml);
        xml.WriteEndElement();
    }

    private static void WriteTable(XmlWriter xml, View view)
    {
        xml.WriteStartElement("TableControl");
        xml.WriteStartElement("TableHeaders");
        foreach (ViewColumn column in view.Columns)
        {
            xml.WriteStartElement("TableColumnHeader");
            xml.WriteElementString("Label", column.Label);
            if ((column.Width ?? (view.Form == ViewForm.Wrap ? Rest : null)) is int width)
            {
                xml.WriteElementString("Width", XmlConvert.ToString(width));
            }

            if (column.IsNumber)
            {
                xml.WriteElementString("Alignment", "Right");
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("TableRowEntries");
        xml.WriteStartElement("TableRowEntry");
        if (view.Form == ViewForm.Wrap)
        {
            xml.WriteElementString("Wrap", null);
        }

        xml.WriteStartElement("TableColumnItems");
        foreach (ViewColumn column in view.Columns)
        {
            WriteScript(xml, "TableColumnItem", column, view.Form == ViewForm.Table);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>A list with an entry for each type; the first one applies to all others.</summary>
    private static void WriteList(XmlWriter xml, IEnumerable<(string? Type, View View)> entries)
    {
        xml.WriteStartElement("ListControl");
        xml.WriteStartElement("ListEntries");
        foreach ((string? type, View view) in entries)
        {
            xml.WriteStartElement("ListEntry");
            if (type is not null)
            {
                xml.WriteStartElement("EntrySelectedBy");
                xml.WriteElementString("TypeName", type);
                xml.WriteEndElement();
            }

            xml.WriteStartElement("ListItems");
            foreach (ViewColumn column in view.Columns)
            {
                WriteScript(xml, "ListItem", column);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteWide(XmlWriter xml)
    {
        xml.WriteStartElement("WideControl");
        xml.WriteStartElement("WideEntries");
        xml.WriteStartElement("WideEntry");
        WriteScript(xml, "WideItem", new ViewColumn("", "", "Text", null, false));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteScript(XmlWriter xml, string element, ViewColumn column, bool cuts = false)
    {
        xml.WriteStartElement(element);
        if (element == "ListItem")
        {
            xml.WriteElementString("Label", column.Label);
        }

        string value = column.Property.Length == 0 ? "$_" : "$_." + column.Property;
        string arguments = column.Kind == ViewKinds.Status ? $"$_, '{column.Property}', '{column.Part}'" : value;
        string call = $"[{ViewKinds.Caller}]::{column.Kind}({arguments})";
        xml.WriteElementString(
            "ScriptBlock",
            cuts && column.Width is int width ? $"[{ViewKinds.Caller}]::{ViewKinds.Cut}({call}, {width})" : call);
        xml.WriteEndElement();
    }
}
