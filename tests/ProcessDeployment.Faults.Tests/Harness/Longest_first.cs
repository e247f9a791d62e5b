using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(ProcessDeployment.Faults.Tests.Harness.Longest_first))]

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>The rows that share a rig take longest by far: they begin, and all others run beside them.</summary>
public sealed class Longest_first : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName != Rig_of_faults.Name).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
