using System.Globalization;
using SharpFuzz;

namespace Dmarc.Fuzz;

/// <summary>The front for work by hand; README.md tells how it is used.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        string name = args.FirstOrDefault() ?? "";
        List<FuzzTarget> targets = [.. FuzzTargets.All.Where(target => name == "all" || target.Name == name)];
        if (targets.Count == 0)
        {
            Console.Error.WriteLine("usage: TARGET|all [--seconds N] [--seed N] [--afl | --libfuzzer | FILE ...]");
            Console.Error.WriteLine("targets: " + string.Join(' ', FuzzTargets.All.Select(target => target.Name)));
            return 2;
        }

        if (args.Contains("--libfuzzer"))
        {
            Fuzzer.LibFuzzer.Run(bytes => targets[0].Run(bytes.ToArray()));
            return 0;
        }

        if (args.Contains("--afl"))
        {
            Fuzzer.OutOfProcess.Run(stream =>
            {
                using MemoryStream copy = new();
                stream.CopyTo(copy);
                targets[0].Run(copy.ToArray());
            });
            return 0;
        }

        List<string> files = [.. args.Skip(1).Where(File.Exists)];
        if (files.Count > 0)
        {
            files.ForEach(file => targets.ForEach(target => target.Run(File.ReadAllBytes(file))));
            return 0;
        }

        int seconds = Option(args, "--seconds", 60);
        int seed = Option(args, "--seed", Environment.TickCount);
        bool isSound = true;
        foreach (FuzzTarget target in targets)
        {
            isSound &= Report(target, seconds, seed);
        }

        return isSound ? 0 : 1;
    }

    private static bool Report(FuzzTarget target, int seconds, int seed)
    {
        FuzzRun run = new(target, seed);
        FuzzFault? fault = run.Run(TimeSpan.FromSeconds(seconds));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{target.Name}: seed {seed}, {run.Count} inputs, at most {run.Slowest.Time.TotalMilliseconds:0} ms ({run.Slowest.Input.Length} bytes)"));
        if (fault is null)
        {
            return true;
        }

        string file = Path.Combine(Path.GetTempPath(), "dmarc-fuzz-" + target.Name + "-" + Guid.NewGuid().ToString("N")[..8]);
        File.WriteAllBytes(file, fault.Input);
        Console.WriteLine(file + ": " + fault.What);
        return false;
    }

    private static int Option(string[] args, string name, int otherwise)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length && int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
    }
}
