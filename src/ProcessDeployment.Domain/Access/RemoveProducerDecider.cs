using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>A producer sends no commands any more. After the last one anybody does whom the bus lets in.</summary>
public static class RemoveProducerDecider
{
    public static Decision Decide(RemoveProducer command, Account account) => account.KnownAccess().Producers.TryGetValue(command.ProducerId, out var producer)
        ? new ProducerRemoved { ProducerId = command.ProducerId, Name = producer.Name }
        : new Refusal(RefusalCodes.UnknownProducer, $"There is no producer {command.ProducerId}.");
}
