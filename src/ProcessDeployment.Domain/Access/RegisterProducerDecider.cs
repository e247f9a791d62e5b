using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Makes a producer known, or lets it come in another way.</summary>
public static class RegisterProducerDecider
{
    public static Decision Decide(RegisterProducer command, Account account)
    {
        var producers = account.KnownAccess().Producers;
        if (!producers.ContainsKey(command.ProducerId) && producers.Count >= Limits.Roles) return new Refusal(RefusalCodes.TooMany, $"There are {Limits.Roles} producers, which is the most of an account.");
        var registered = new ProducerRegistered
        {
            ProducerId = command.ProducerId,
            Name = command.Name,
            Login = command.Login,
            PublicKey = command.PublicKey,
            CommandTypes = command.CommandTypes is { } types ? [.. types.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : null,
        };
        return producers.TryGetValue(command.ProducerId, out var before) && before.IsAs(registered) ? Decision.Unchanged : registered;
    }

    private static bool IsAs(this Producer before, ProducerRegistered registered) =>
        before with { CommandTypes = null } == Producer.Of(registered) with { CommandTypes = null }
        && (before.CommandTypes ?? []).SequenceEqual(registered.CommandTypes ?? [], StringComparer.Ordinal) && before.CommandTypes is null == registered.CommandTypes is null;
}
