namespace ProcessDeployment.Engine.Ledger.Proofs;

/// <summary>That an event is in a tree (RFC 9162, 2.1.3).</summary>
/// <param name="Position">The position of the event.</param>
/// <param name="Size">Of how many events the tree is.</param>
/// <param name="LeafHash">The hash of the event, as base64.</param>
/// <param name="Path">The siblings on the way to the root, lowest first: hashes of 32 bytes one after another, as base64. So it stays below 1 KiB for a million events.</param>
public sealed record InclusionProof(long Position, long Size, byte[] LeafHash, byte[] Path);

/// <summary>That a tree begins with another (RFC 9162, 2.1.4).</summary>
/// <param name="From">Size of the smaller tree.</param>
/// <param name="To">Size of the larger one.</param>
/// <param name="Path">Hashes of 32 bytes one after another, as base64.</param>
public sealed record ConsistencyProof(long From, long To, byte[] Path);

/// <summary>What is missing to make a root out of all leaves of a range.</summary>
/// <param name="Size">Of how many events the tree is.</param>
/// <param name="First">The first position of the range.</param>
/// <param name="Last">The last position of the range.</param>
/// <param name="Nodes">The largest subtrees outside the range, from the left to the right, in hexadecimal digits.</param>
public sealed record RangeProof(long Size, long First, long Last, IReadOnlyList<string> Nodes);
