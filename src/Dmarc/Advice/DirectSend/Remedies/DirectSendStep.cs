namespace Dmarc.Advice.DirectSend.Remedies;

/// <summary>One step towards closing the endpoint.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Order">The order, from 1: each step is safe after the previous ones.</param>
/// <param name="Title">The step in short.</param>
/// <param name="Reason">The reason, and warnings.</param>
/// <param name="Command">The PowerShell commands for Exchange Online; empty if there are none.</param>
public sealed record DirectSendStep(string Domain, int Order, string Title, string Reason, string Command)
{
    /// <summary>The number, the title and the command.</summary>
    public override string ToString() =>
        Order.ToString(CultureInfo.InvariantCulture) + ". " + Title + (Command.Length == 0 ? "" : ": " + Command);
}
