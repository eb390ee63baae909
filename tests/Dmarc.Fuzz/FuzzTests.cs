using Xunit;

namespace Dmarc.Fuzz;

/// <summary>Each entry point takes its seeds and a second of what is made of them.</summary>
public class FuzzTests
{
    private const int Number = 20261128;

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_input_throws_hangs_or_costs_too_much(string name)
    {
        FuzzTarget target = FuzzTargets.All.Single(target => target.Name == name);
        FuzzFault? fault = new FuzzRun(target, Number).Run(TimeSpan.FromSeconds(1));
        Assert.True(fault is null, fault?.What + "\nThe input in base64: " + Convert.ToBase64String(fault?.Input ?? []));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_entry_point_has_seeds(string name) =>
        Assert.NotEmpty(FuzzTargets.All.Single(target => target.Name == name).ReadSeeds());

    [Fact]
    public void The_same_number_gives_the_same_inputs()
    {
        byte[][] seeds = ["v=DMARC1; p=none"u8.ToArray()];
        Mutator first = new(seeds, 1);
        Mutator second = new(seeds, 1);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(first.Next(), second.Next()));
    }

    [Fact]
    public void An_exception_is_a_fault() =>
        Assert.Contains("on purpose", Fault(_ => throw new InvalidOperationException("on purpose")), StringComparison.Ordinal);

    [Fact]
    public void Work_out_of_proportion_is_a_fault() =>
        Assert.Contains("It took", Fault(_ => Spin(FuzzRun.FixedTime * 3)), StringComparison.Ordinal);

    [Fact]
    public void Memory_out_of_proportion_is_a_fault() =>
        Assert.Contains("of memory", Fault(_ => GC.KeepAlive(new byte[FuzzRun.FixedMemory + (1 << 20)])), StringComparison.Ordinal);

    private static string Fault(Action<byte[]> run) =>
        new FuzzRun(new FuzzTarget("dmarc", run), 1).Run(TimeSpan.FromMilliseconds(1))?.What ?? "";

    private static void Spin(TimeSpan time)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - before < time)
        {
            Thread.SpinWait(1000);
        }
    }
}
