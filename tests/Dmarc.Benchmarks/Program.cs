using BenchmarkDotNet.Running;
using Dmarc.Benchmarks;

// A verb measures one pass over data on disk and ends with one line of JSON; anything else goes to BenchmarkDotNet.
return Verbs.TryRun(args, out int exitCode) ? exitCode : RunBenchmarks(args);

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}
