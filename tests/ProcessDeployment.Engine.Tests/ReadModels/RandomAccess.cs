using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.ReadModels;

/// <summary>Draws commands that say who may do what, over so few names that they meet.</summary>
internal sealed class RandomAccess(Random random, Guid[] processes, Guid[] environments)
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(61, 3).Select(number => Guid.Parse($"0193e5a0-0000-7000-8000-0000000000{number}"))];

    public Command Any() => random.Next(12) switch
    {
        0 => new SetRole { Role = Pick("releases", "nights"), Privileges = Pick<Privilege[]>([Privilege.Deploy], [Privilege.Schedule, Privilege.Execute]) },
        1 => new DeleteRole { Role = Pick("releases", "nights") },
        2 or 3 => new SetMember { Member = "kim@example.com", Roles = Grants() },
        4 => new RemoveMember { Member = Pick("kim@example.com", "ana") },
        5 => new IssueApiKey { KeyId = Pick(Ids), Name = Pick("ci", "nightly"), SecretHash = new('b', 64), Roles = Grants(), ExpiresAt = Pick(null, "2097-01-31T00:00:00Z") },
        6 => new RevokeApiKey { KeyId = Pick(Ids) },
        7 => new RegisterProducer { ProducerId = Pick(Ids), Name = Pick("designer", "ci"), Login = Pick("designer", "ci"), CommandTypes = Pick<string[]?>(null, ["processdeployment.save-component.v1"]) },
        8 => new RemoveProducer { ProducerId = Pick(Ids) },
        9 => new SetChangeRules { ReasonRequired = Pick<ReasonRule?>(null, ReasonRule.Never), SignedOnly = Pick(true, false) },
        10 => new SetFreeze { FreezeId = Pick(Ids), Name = Pick("Christmas", "Audit"), From = "2096-12-20T00:00:00Z", Until = Pick("2097-01-02T00:00:00Z", "2097-01-03T00:00:00Z") },
        _ => Pick<Command>(
            new LiftFreeze { FreezeId = Pick(Ids) },
            new OverrideFreeze { FreezeId = Pick(Ids), ProcessIds = [Pick(processes), Pick(processes)], Until = "2096-12-24T12:00:00Z", Reason = "A defect" }),
    };

    /// <summary>Now and then in an environment, which may not be there.</summary>
    private RoleGrant[] Grants() => random.Next(3) == 0 ? [new("deployer", Pick(environments)), new("administrator")] : [new("administrator")];

    private T Pick<T>(params T[] from) => from[random.Next(from.Length)];
}
