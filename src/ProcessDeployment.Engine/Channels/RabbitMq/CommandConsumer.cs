using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Pipeline;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>Takes the commands of one queue, in order, to their lanes. The broker keeps each until its outcome is published.</summary>
internal sealed class CommandConsumer(IChannel channel, ICommandPipeline pipeline, Session session) : AsyncDefaultBasicConsumer(channel)
{
    private readonly Acknowledgements _acknowledgements = new();

    public override async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        session.Took(body.Length);
        // The body is only lent for the time of this call; the parser takes copies of what it keeps.
        var (parsed, signature) = CommandParser.ParseFromBus(body);
        if (parsed.IsNewer && _acknowledgements.TryHold(deliveryTag, session.MostHeld))
        {
            _ = HoldAsync(deliveryTag, parsed, MessageText.Of(body.Span), body.Length);
            return;
        }

        if (!parsed.WellFormed)
        {
            Bury(deliveryTag, parsed.CommandId, BurialReason.Malformed(parsed.Errors), body);
            return;
        }

        try
        {
            // The broker takes nobody's name but that of the user who is connected.
            var relayed = Relayed.Of(properties, session.User, session.Homes);
            if (session.Homes.Count > 0 && !await IsForHereAsync(deliveryTag, relayed, parsed.Envelope, body)) return;
            var sender = new Sender(relayed.Sender, Signer: null);
            var command = new IncomingCommand(parsed.Envelope, Channels.RabbitMq) { Authority = Authority.OfActor with { Sender = sender }, Signature = signature };
            var outcome = await pipeline.EnqueueAsync(command, session.Ending);
            _ = SettleAsync(deliveryTag, body.Length, parsed.Envelope, outcome);
        }
        catch (OperationCanceledException) when (session.Ending.IsCancellationRequested)
        {
            // The broker gives it to the next session.
        }
        catch (Exception e) when (!session.Ending.IsCancellationRequested)
        {
            // Unfinished it would hold back every acknowledgement after its own.
            Bury(deliveryTag, parsed.CommandId, BurialReason.Failed(e), body);
        }
    }

    /// <summary>The queue was deleted, or the broker stops: a new session declares and consumes again.</summary>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        session.End("a queue was deleted");
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        session.End(reason.ReplyText);
        return base.HandleChannelShutdownAsync(channel, reason);
    }

    public void Finish(Answer answer)
    {
        _acknowledgements.Finish(answer.Tag);
        session.Finished(answer.Size);
    }

    public async Task AcknowledgeAsync(CancellationToken cancellation)
    {
        foreach (var due in _acknowledgements.Next()) await Channel.BasicAckAsync(due.Tag, due.WithAllBefore, cancellation);
    }

    private void Bury(ulong tag, Guid? commandId, BurialReason why, ReadOnlyMemory<byte> body) =>
        session.Bury(new(Channels.RabbitMq, commandId, why, IntakeRow: null, MessageText.Of(body.Span)), Answer.Of(this, tag, body.Length, commandId, why));

    /// <summary>False where another home judges it, or nobody for the moment.</summary>
    private async Task<bool> IsForHereAsync(ulong tag, Relayed relayed, CommandEnvelope envelope, ReadOnlyMemory<byte> body)
    {
        var accountId = envelope.Command.AccountId!;
        try
        {
            var home = await session.NextHomeAsync(accountId, relayed);
            // It has ended, and what it had comes again: in order, and so not from here any more.
            if (session.Ending.IsCancellationRequested) return false;
            if (home is not null) await RelayAsync(tag, home, relayed, envelope, body);
            else if (!session.IsMoving(accountId)) return true;
            else await HoldForMoveAsync(tag, body.Length, accountId);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Neither a dead letter nor half done: it comes again with the next session.
            session.End($"a command could not be handed on: {e.Message}");
        }

        return false;
    }

    /// <summary>In order: the next delivery of this queue is looked at when the broker has this one.</summary>
    private async Task RelayAsync(ulong tag, string home, Relayed relayed, CommandEnvelope envelope, ReadOnlyMemory<byte> body)
    {
        try
        {
            if (relayed.IsLost)
            {
                Bury(tag, envelope.CommandId, BurialReason.InCircles(envelope.Command.AccountId!), body);
                return;
            }

            await session.RelayAsync(home, envelope.Command.AccountId!, relayed, body);
            session.Tell(Answer.None(this, tag, body.Length));
        }
        catch (PublishException e) when (e.IsReturn)
        {
            Bury(tag, envelope.CommandId, BurialReason.NoQueues(home), body);
        }
    }

    /// <summary>Where as many are held as can be, the queue waits until the session ends: it does when the account has moved.</summary>
    private async Task HoldForMoveAsync(ulong tag, int size, string accountId)
    {
        var held = _acknowledgements.TryHold(tag, session.MostHeld);
        session.Finished(size);
        session.HoldForMove(accountId);
        if (!held) await Task.Delay(Timeout.Infinite, session.Ending);
    }

    /// <summary>
    /// A command of a newer type goes back when this session ends, to whoever is next. Given back at once it would come again
    /// at once, since each queue has one consumer at a time.
    /// </summary>
    private async Task HoldAsync(ulong tag, ParseResult parsed, MessageText text, int size)
    {
        try
        {
            // For so long a newer engine may come and take it; after that it is a dead letter.
            await Task.Delay(NewerCommands.Patience, session.Ending);
            var why = BurialReason.Malformed(parsed.Errors);
            session.Bury(new(Channels.RabbitMq, parsed.CommandId, why, IntakeRow: null, text), Answer.Of(this, tag, size, parsed.CommandId, why));
        }
        catch (OperationCanceledException)
        {
            // The broker has it again.
        }
    }

    private async Task SettleAsync(ulong tag, int size, CommandEnvelope envelope, Task<Outcome> judged)
    {
        try
        {
            var outcome = await judged;
            if (outcome.Refusal?.Code == RefusalCodes.UnknownAccount) BuryAgain(tag, size, envelope, BurialReason.UnknownAccount(outcome), outcome);
            else session.Tell(Answer.Of(this, tag, size, outcome));
        }
        catch (AccountAwayException e) when (!session.Ending.IsCancellationRequested)
        {
            await HoldAgainAsync(tag, e.AccountId);
        }
        catch (Exception e) when (!session.Ending.IsCancellationRequested)
        {
            BuryAgain(tag, size, envelope, BurialReason.Failed(e), outcome: null);
        }
        catch (Exception)
        {
            // The broker gives it to the next session.
        }
    }

    /// <summary>The pipeline knew more than this engine did until now.</summary>
    private async Task HoldAgainAsync(ulong tag, string accountId)
    {
        _acknowledgements.TryHold(tag, session.MostHeld);
        try
        {
            await session.LookAgainAsync();
            session.HoldForMove(accountId);
        }
        catch (Exception e) when (!session.Ending.IsCancellationRequested)
        {
            session.End($"where account {accountId} is could not be looked at: {e.Message}");
        }
    }

    /// <summary>Its text is no longer there, but a well-formed command is written again from what was read.</summary>
    private void BuryAgain(ulong tag, int size, CommandEnvelope envelope, BurialReason why, Outcome? outcome)
    {
        var text = MessageText.Of(CommandWriter.ToCloudEvent(envelope.CommandId, envelope.Source, envelope.Command, envelope.Time, envelope.Extensions));
        session.Bury(
            new(Channels.RabbitMq, envelope.CommandId, why, IntakeRow: null, text),
            outcome is null ? Answer.Of(this, tag, size, envelope.CommandId, why) : Answer.Of(this, tag, size, outcome));
    }
}
