using System.Globalization;

namespace Dmarc.Advice.DirectSend.Remedies;

/// <summary>One step on the way to a closed door.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Order">Its place, from 1: each step is safe once those before it are done.</param>
/// <param name="Title">What it does, in short.</param>
/// <param name="Reason">Why, and what to watch for.</param>
/// <param name="Command">The lines to run in PowerShell, connected to Exchange Online; empty if there is none.</param>
public sealed record DirectSendStep(string Domain, int Order, string Title, string Reason, string Command)
{
    /// <summary>The number, the title and the command.</summary>
    public override string ToString() =>
        Order.ToString(CultureInfo.InvariantCulture) + ". " + Title + (Command.Length == 0 ? "" : ": " + Command);
}
