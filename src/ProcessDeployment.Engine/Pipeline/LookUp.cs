using ProcessDeployment.Domain;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>What an account has to look up, and where it goes.</summary>
internal sealed record LookUp(string AccountId, Needs Needs, Findings Findings);
