using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dmarc.Domains;
using Dmarc.Views;

namespace Dmarc.Cli.Output;

/// <summary>
/// Writes JSON: the names of the properties as they are, enums by name, times in UTC. Either one array or an object a line;
/// each result is written as it comes. Characters that a terminal would act on are escaped, as JSON allows.
/// </summary>
internal sealed class JsonResultWriter(TextWriter output, bool array) : ResultWriter
{
    /// <summary>A record leads on through at most 200 others, each an array in an object: always less than this.</summary>
    private const int MaximumDepth = 1_000;

    private static readonly JsonSerializerOptions Options = new()
    {
        MaxDepth = MaximumDepth,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new TextConverter<DomainName>(), new TextConverter<IPAddress>() },
    };

    private static readonly JsonSerializerOptions Indented = new(Options) { WriteIndented = true, NewLine = "\n" };

    private bool _any;

    /// <inheritdoc/>
    public override void Write(object result)
    {
        string json = JsonSerializer.Serialize(result, result.GetType(), array ? Indented : Options);
        if (!array)
        {
            output.WriteLine(PrintableText.Escape(json));
            return;
        }

        output.Write(_any ? ",\n" : "[\n");
        output.Write(string.Join("\n", json.Split('\n').Select(line => "  " + PrintableText.Escape(line))));
        _any = true;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (array)
        {
            output.WriteLine(_any ? "\n]" : "[]");
        }
    }

    private sealed class TextConverter<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value?.ToString());
    }
}
