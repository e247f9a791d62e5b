using ProcessDeployment.Engine.Ledger.Trees;

namespace ProcessDeployment.Engine.Tests.Ledger;

public sealed class Building_trees
{
    private const int Most = 70;
    private static readonly List<byte[]> Leaves = [.. Enumerable.Range(0, Most).Select(i => NaiveTree.Leaf([(byte)i]))];

    [Fact]
    public void leaf_by_leaf_gives_the_root_of_the_RFC_at_every_size()
    {
        var frontier = new Frontier();
        frontier.Root().ShouldBe(NaiveTree.Root([]));
        for (var size = 1; size <= Most; size++)
        {
            frontier.Append(Leaves[size - 1], static (_, _) => { });
            frontier.Root().ShouldBe(NaiveTree.Root(First(size)), $"size {size}");
            Merkle.Root(Together(0, size)).ShouldBe(frontier.Root());
        }
    }

    [Fact]
    public void names_each_node_when_it_is_complete()
    {
        var frontier = new Frontier();
        var made = new Dictionary<TreeNode, byte[]>();
        foreach (var leaf in Leaves) frontier.Append(leaf, made.Add);

        made.Count.ShouldBe(35 + 17 + 8 + 4 + 2 + 1);
        foreach (var (node, hash) in made) hash.ShouldBe(Merkle.Root(Together((int)node.Begin, (int)node.End)));
    }

    [Fact]
    public void proves_that_a_leaf_is_in_as_the_RFC_does()
    {
        for (var size = 1; size <= Most; size++)
        {
            for (var index = 0; index < size; index++) Roots(ProofRanges.Inclusion(index, size)).ShouldBe(NaiveTree.Path(index, First(size)), $"{index} in {size}");
        }
    }

    [Fact]
    public void proves_that_a_tree_begins_with_another_as_the_RFC_does()
    {
        for (var to = 1; to <= Most; to++)
        {
            for (var from = 1; from <= to; from++) Roots(ProofRanges.Consistency(from, to)).ShouldBe(NaiveTree.SubProof(from, First(to), true), $"{from} to {to}");
        }
    }

    [Fact]
    public void parts_what_is_outside_a_range_from_it()
    {
        for (var size = 1; size <= 20; size++)
        {
            for (var begin = 0; begin <= size; begin++)
            {
                for (var end = begin; end <= size; end++)
                {
                    var outside = ProofRanges.Outside(new(begin, end), size);
                    outside.SelectMany(range => Enumerable.Range((int)range.Begin, (int)range.Size)).Concat(Enumerable.Range(begin, end - begin)).Order().ShouldBe(Enumerable.Range(0, size));
                    outside.Count.ShouldBeLessThanOrEqualTo(10);
                }
            }
        }
    }

    private static List<byte[]> First(int size) => Leaves[..size];

    private static byte[] Together(int begin, int end) => [.. Leaves[begin..end].SelectMany(leaf => leaf)];

    private static IEnumerable<byte[]> Roots(IEnumerable<TreeRange> ranges) => ranges.Select(range => Merkle.Root(Together((int)range.Begin, (int)range.End)));
}
