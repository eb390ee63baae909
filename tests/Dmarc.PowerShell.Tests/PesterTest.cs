using Xunit.Abstractions;

namespace Dmarc.PowerShell.Tests;

/// <summary>A Pester test: its file and its name, with the names of the blocks around it.</summary>
public sealed record PesterTest : IXunitSerializable
{
    public PesterTest()
    {
    }

    internal PesterTest(string file, string name)
    {
        File = file;
        Name = name;
    }

    public string File { get; private set; } = "";

    public string Name { get; private set; } = "";

    public void Deserialize(IXunitSerializationInfo info)
    {
        File = info.GetValue<string>(nameof(File));
        Name = info.GetValue<string>(nameof(Name));
    }

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(File), File);
        info.AddValue(nameof(Name), Name);
    }

    /// <summary>What a list of results shows.</summary>
    public override string ToString() => File.Replace(".Tests.ps1", "", StringComparison.Ordinal) + " > " + Name;
}
