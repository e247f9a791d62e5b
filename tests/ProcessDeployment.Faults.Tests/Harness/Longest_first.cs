using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(ProcessDeployment.Faults.Tests.Harness.Longest_first))]
// Much of each row is waiting, so three run beside each other, whatever number of processors there is.
[assembly: Parallelization(MaxThreads = 3)]

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>The rows that share a rig take longest by far: they begin, and all others run beside them, one after the other.</summary>
public sealed class Longest_first : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName is not (Rig_of_faults.Name or Rig_of_engines.Name or Rig_of_nodes.Name)).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
