using Dmarc.Text;

namespace Dmarc.Tests.Text;

public class OrderedPumpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Items_come_in_the_order_of_the_work_however_it_ends()
    {
        using OrderedPump<int> pump = new(8, 16, CancellationToken.None);
        TaskCompletionSource<bool> last = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pump.Add(async (lane, token) =>
        {
            await last.Task;
            lane.Write(1, token);
            lane.Write(2, token);
        });
        pump.Add((lane, token) =>
        {
            lane.Write(3, token);
            last.SetResult(true);
            return Task.CompletedTask;
        });

        Assert.Equal([1, 2, 3], TakeAll(pump));
    }

    [Fact]
    public void The_first_piece_is_handed_over_while_the_second_still_runs()
    {
        using OrderedPump<int> pump = new(2, 16, CancellationToken.None);
        TaskCompletionSource<bool> taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pump.Add((lane, token) =>
        {
            lane.Write(1, token);
            return Task.CompletedTask;
        });
        pump.Add(async (lane, token) =>
        {
            await taken.Task;
            lane.Write(2, token);
        });

        Assert.Equal(PumpSignal.Item, pump.Take(Patience, out int first));
        Assert.Equal(1, first);
        Assert.Equal(PumpSignal.Idle, pump.Take(TimeSpan.Zero, out _));
        taken.SetResult(true);
        Assert.Equal([2], TakeAll(pump));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void No_more_pieces_run_at_once_than_the_limit_says(int limit)
    {
        using OrderedPump<int> pump = new(limit, 16, CancellationToken.None);
        int running = 0;
        int most = 0;
        for (int piece = 0; piece < 100; piece++)
        {
            int number = piece;
            pump.Add(async (lane, token) =>
            {
                int now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                lane.Write(number, token);
            });
        }

        Assert.Equal(Enumerable.Range(0, 100), TakeAll(pump));
        Assert.InRange(most, 1, limit);
        Assert.Equal(100, pump.Completed);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(8, 8)]
    [InlineData(9, 8)]
    [InlineData(64, 8)]
    public async Task While_what_they_need_is_busy_only_eight_pieces_run(int limit, int expected)
    {
        bool busy = true;
        int running = 0;
        TaskCompletionSource<bool> end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using OrderedPump<int> pump = new(limit, 16, CancellationToken.None, () => Volatile.Read(ref busy));
        for (int piece = 0; piece < 100; piece++)
        {
            pump.Add(async (lane, token) =>
            {
                Interlocked.Increment(ref running);
                await end.Task;
                lane.Write(1, token);
            });
        }

        await WaitAsync(() => Volatile.Read(ref running) == expected);
        for (int look = 0; look < 20; look++)
        {
            pump.Take(TimeSpan.FromMilliseconds(1), out _);
        }

        Assert.Equal(expected, Volatile.Read(ref running));

        // Nothing has ended, and yet more begins once it is not busy any more: each look for items begins one.
        Volatile.Write(ref busy, false);
        for (int look = 0; look < limit; look++)
        {
            pump.Take(TimeSpan.FromMilliseconds(1), out _);
        }

        await WaitAsync(() => Volatile.Read(ref running) == limit);
        end.SetResult(true);
        Assert.Equal(100, TakeAll(pump).Count);
    }

    [Fact]
    public void A_piece_that_yields_much_waits_for_the_reader()
    {
        using OrderedPump<int> pump = new(2, 4, CancellationToken.None);
        int written = 0;
        pump.Add((lane, token) =>
        {
            for (int item = 0; item < 1000; item++)
            {
                lane.Write(item, token);
                Volatile.Write(ref written, item + 1);
            }

            return Task.CompletedTask;
        });

        for (int item = 0; item < 1000; item++)
        {
            Assert.Equal(PumpSignal.Item, pump.Take(Patience, out int taken));
            Assert.Equal(item, taken);
            Assert.InRange(Volatile.Read(ref written), 0, item + 1 + 4);
        }

        Assert.Equal(PumpSignal.Done, pump.Take(Patience, out _));
    }

    [Fact]
    public void It_is_full_at_four_times_the_limit_and_no_longer_when_pieces_were_taken()
    {
        using OrderedPump<int> pump = new(2, 4, CancellationToken.None);
        for (int piece = 0; piece < 8; piece++)
        {
            Assert.False(pump.IsFull);
            pump.Add((_, _) => Task.CompletedTask);
        }

        Assert.True(pump.IsFull);
        Assert.Equal(PumpSignal.Done, pump.Take(Patience, out _));
        Assert.False(pump.IsFull);
    }

    [Fact]
    public void Posted_items_come_out_of_turn()
    {
        using OrderedPump<int> pump = new(1, 4, CancellationToken.None);
        TaskCompletionSource<bool> release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pump.Add(async (lane, token) =>
        {
            await release.Task;
            lane.Write(1, token);
        });
        pump.Post(99);

        Assert.Equal(PumpSignal.Item, pump.Take(Patience, out int item));
        Assert.Equal(99, item);
        release.SetResult(true);
        Assert.Equal([1], TakeAll(pump));
    }

    [Fact]
    public void What_a_piece_throws_is_thrown_in_its_turn_and_the_rest_goes_on()
    {
        using OrderedPump<int> pump = new(4, 4, CancellationToken.None);
        pump.Add((lane, token) =>
        {
            lane.Write(1, token);
            throw new InvalidOperationException("broken");
        });
        pump.Add((lane, token) =>
        {
            lane.Write(2, token);
            return Task.CompletedTask;
        });

        Assert.Equal(PumpSignal.Item, pump.Take(Patience, out int item));
        Assert.Equal(1, item);
        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(() => pump.Take(Patience, out _)).Message);
        Assert.Equal([2], TakeAll(pump));
    }

    [Fact]
    public void Cancelling_ends_the_wait_of_the_reader()
    {
        using CancellationTokenSource source = new();
        using OrderedPump<int> pump = new(1, 4, source.Token);
        pump.Add((_, token) => Task.Delay(Timeout.Infinite, token));
        using Timer timer = new(_ => source.Cancel(), null, 20, Timeout.Infinite);

        Assert.ThrowsAny<OperationCanceledException>(() => pump.Take(Patience, out _));
    }

    [Fact]
    public async Task Disposing_ends_work_that_waits_for_a_reader()
    {
        TaskCompletionSource<Exception?> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        OrderedPump<int> pump = new(1, 1, CancellationToken.None);
        pump.Add((lane, token) =>
        {
            try
            {
                while (true)
                {
                    lane.Write(0, token);
                }
            }
            catch (OperationCanceledException exception)
            {
                ended.SetResult(exception);
                throw;
            }
        });
        Assert.Equal(PumpSignal.Item, pump.Take(Patience, out _));
        pump.Dispose();

        Assert.NotNull(await ended.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Work_that_waits_for_its_turn_to_run_is_dropped_on_disposal()
    {
        bool ran = false;
        TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        OrderedPump<int> pump = new(1, 1, CancellationToken.None);
        pump.Add(async (_, token) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                ended.SetResult(true);
            }
        });
        pump.Add((_, _) =>
        {
            ran = true;
            return Task.CompletedTask;
        });
        pump.Dispose();
        pump.Post(1);

        await Task.WhenAny(ended.Task, Task.Delay(200));
        Assert.False(ran);
    }

    private static List<int> TakeAll(OrderedPump<int> pump)
    {
        List<int> items = [];
        while (pump.Take(Patience, out int item) == PumpSignal.Item)
        {
            items.Add(item);
        }

        return items;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen)
        {
            int before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        for (int look = 0; look < 6_000 && !condition(); look++)
        {
            await Task.Delay(10);
        }

        Assert.True(condition());
    }
}
