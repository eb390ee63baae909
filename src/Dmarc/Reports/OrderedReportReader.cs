using System.Collections.Concurrent;

namespace Dmarc.Reports;

/// <summary>
/// Reads several inputs at once and gives out what they hold in the order of the inputs. What is read ahead is bounded: an
/// input whose turn has not come is read until its buffer is full, and waits.
/// </summary>
public static class OrderedReportReader
{
    private const int BatchSize = 128;
    private const int BatchesAhead = 8;

    /// <summary>Reads inputs.</summary>
    /// <param name="inputs">
    /// What reads one input each, such as <c>token => reader.ReadFile(path, token)</c>. The sequence is asked for the next one
    /// by the caller's thread when there is room; what it returns is run by another.
    /// </param>
    /// <param name="throttleLimit">How many inputs are read at once; at least one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static IEnumerable<ReportReadItem> Read(
        IEnumerable<Func<CancellationToken, IEnumerable<ReportReadItem>>> inputs,
        int throttleLimit,
        CancellationToken cancellationToken = default)
    {
        if (inputs is null)
        {
            throw new ArgumentNullException(nameof(inputs));
        }

        if (throttleLimit < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(throttleLimit));
        }

        return ReadAll(inputs, throttleLimit, cancellationToken);
    }

    private static IEnumerable<ReportReadItem> ReadAll(
        IEnumerable<Func<CancellationToken, IEnumerable<ReportReadItem>>> inputs,
        int throttleLimit,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using IEnumerator<Func<CancellationToken, IEnumerable<ReportReadItem>>> next = inputs.GetEnumerator();
        Queue<Ahead> running = new();
        try
        {
            bool more = true;
            while (true)
            {
                while (more && running.Count < throttleLimit && (more = next.MoveNext()))
                {
                    running.Enqueue(new Ahead(next.Current, stop.Token));
                }

                if (running.Count == 0)
                {
                    yield break;
                }

                Ahead first = running.Peek();
                foreach (ReportReadItem[] batch in first.Batches.GetConsumingEnumerable(cancellationToken))
                {
                    foreach (ReportReadItem item in batch)
                    {
                        yield return item;
                    }
                }

                running.Dequeue();
                first.Finish();
            }
        }
        finally
        {
            stop.Cancel();
            foreach (Ahead ahead in running)
            {
                ahead.Abandon();
            }
        }
    }

    /// <summary>One input that is being read.</summary>
    private sealed class Ahead
    {
        private readonly Task _task;

        public Ahead(Func<CancellationToken, IEnumerable<ReportReadItem>> input, CancellationToken cancellationToken) =>
            _task = Task.Factory.StartNew(
                () => Run(input, cancellationToken),
                CancellationToken.None,
                TaskCreationOptions.DenyChildAttach,
                TaskScheduler.Default);

        public BlockingCollection<ReportReadItem[]> Batches { get; } = new(BatchesAhead);

        /// <summary>Hands on what went wrong in the reader itself.</summary>
        public void Finish()
        {
            _task.GetAwaiter().GetResult();
            Batches.Dispose();
        }

        /// <summary>Waits for the thread to notice that nobody wants its rows.</summary>
        public void Abandon()
        {
            try
            {
                _task.GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                // This is what was asked for.
            }

            Batches.Dispose();
        }

        private void Run(Func<CancellationToken, IEnumerable<ReportReadItem>> input, CancellationToken cancellationToken)
        {
            try
            {
                // The first rows of an input are wanted at once; later ones in larger batches.
                int size = 1;
                List<ReportReadItem> batch = [];
                foreach (ReportReadItem item in input(cancellationToken))
                {
                    batch.Add(item);
                    if (batch.Count >= size)
                    {
                        Batches.Add([.. batch], cancellationToken);
                        batch.Clear();
                        size = Math.Min(size * 2, BatchSize);
                    }
                }

                if (batch.Count > 0)
                {
                    Batches.Add([.. batch], cancellationToken);
                }
            }
            finally
            {
                Batches.CompleteAdding();
            }
        }
    }
}
