using Xunit;

// What an input costs is measured by the processor time of the process: one target at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
