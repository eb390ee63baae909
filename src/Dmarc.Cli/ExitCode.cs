namespace Dmarc.Cli;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>Nothing is wrong.</summary>
    public const int Success = 0;

    /// <summary>There are findings of the severity Error.</summary>
    public const int Findings = 1;

    /// <summary>The command line could not be understood.</summary>
    public const int Usage = 2;

    /// <summary>A look-up or a file failed, so that the answer is not complete. Counts for more than findings.</summary>
    public const int Failure = 3;

    /// <summary>The program was interrupted (128 + SIGINT).</summary>
    public const int Cancelled = 130;
}
