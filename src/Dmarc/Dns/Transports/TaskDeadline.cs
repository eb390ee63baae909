namespace Dmarc.Dns.Transports;

/// <summary>Waits for shared work: giving up ends the wait, not the work.</summary>
internal static class TaskDeadline
{
    /// <summary>Waits for a task with a time limit.</summary>
    /// <returns>False if the time ran out first.</returns>
    public static Task<bool> WaitAsync(Task task, TimeSpan timeout, CancellationToken cancellationToken) =>
        RaceAsync(task, timeout < TimeSpan.Zero ? TimeSpan.Zero : timeout, cancellationToken);

    /// <summary>Waits for a task until cancelled; a later failure of the task is ignored.</summary>
    public static async Task WaitAsync(Task task, CancellationToken cancellationToken)
    {
        await RaceAsync(task, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        await task.ConfigureAwait(false);
    }

    /// <summary>Waits for a task until cancelled.</summary>
    public static Task<T> WaitAsync<T>(Task<T> task, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled || task.IsCompleted)
        {
            return task;
        }

#if NETSTANDARD2_0
        return WaitCancellableAsync(task, cancellationToken);
    }

    private static async Task<T> WaitCancellableAsync<T>(Task<T> task, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration =
            cancellationToken.Register(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), cancelled);
        if (await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false) != task)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return await task.ConfigureAwait(false);
#else
        return task.WaitAsync(cancellationToken);
#endif
    }

    private static async Task<bool> RaceAsync(Task task, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (task.IsCompleted)
        {
            return true;
        }

        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task delay = Task.Delay(timeout, timer.Token);
        Task first = await Task.WhenAny(task, delay).ConfigureAwait(false);
        if (first != task)
        {
            // A caller that gave up does not observe the task's exception.
            _ = task.ContinueWith(
                static late => late.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
        }

        timer.Cancel();
        return first == task;
    }
}
