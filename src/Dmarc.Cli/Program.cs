using Dmarc.Cli;

try
{
    return await DmarcConsole.RunAsync(args, Terminal.Open());
}
catch (IOException)
{
    // Whoever read the output has gone, as `head` does.
    return ExitCode.Failure;
}
