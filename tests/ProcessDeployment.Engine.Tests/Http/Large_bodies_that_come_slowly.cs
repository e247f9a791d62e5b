using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ProcessDeployment.Engine.AtomSphere;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Import;

namespace ProcessDeployment.Engine.Tests.Http;

public sealed class Large_bodies_that_come_slowly
{
    /// <summary>More than are read at once.</summary>
    private const int Senders = 12;

    [Theory]
    [InlineData(2_000_000L)]
    [InlineData(null)]
    public async Task are_given_up_so_that_others_get_their_turn(long? announced)
    {
        var slow = await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => SlowAsync(announced)));

        var read = slow.Select(context => CommandBody.ReadAsync(context.Request, BodyKind.Either, context.RequestAborted, TimeSpan.FromMilliseconds(100)).AsTask()).ToList();

        foreach (var body in read) await Should.ThrowAsync<SlowBodyException>(() => body.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken));
        using var fast = await CommandBody.ReadAsync(Complete(2_000_000).Request, BodyKind.Either, TestContext.Current.CancellationToken, Eventually.Patience);
        fast!.Bytes.Length.ShouldBe(2_000_000);
    }

    [Fact]
    public async Task of_a_sender_who_goes_away_are_not_called_slow()
    {
        var context = await SlowAsync(2_000_000);
        using var gone = new CancellationTokenSource();
        var read = CommandBody.ReadAsync(context.Request, BodyKind.Either, gone.Token, Eventually.Patience).AsTask();

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => read);
    }

    /// <summary>Components of the AtomSphere API were once read beside the bound of all others.</summary>
    [Fact]
    public async Task let_a_component_of_the_AtomSphere_API_wait_too()
    {
        using var gone = new CancellationTokenSource();
        var slow = await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => SlowAsync(2_000_000)));
        var read = slow.Select(context => CommandBody.ReadAsync(context.Request, BodyKind.Either, gone.Token, Eventually.Patience).AsTask()).ToList();

        var component = PlatformBody.ReadAsync(Complete(2_000_000).Request, SafeXml.MostCharacters, bytes => bytes.Length);

        component.IsCompleted.ShouldBeFalse();
        await gone.CancelAsync();
        foreach (var body in read) await Should.ThrowAsync<OperationCanceledException>(() => body);
        (await component.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken)).ShouldBe(2_000_000);
    }

    [Fact]
    public async Task are_answered_408_with_what_to_do()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };

        await new ProblemMiddleware(_ => throw new SlowBodyException(1_048_576, TimeSpan.FromSeconds(30)), NullLogger<ProblemMiddleware>.Instance).InvokeAsync(context);

        context.Response.StatusCode.ShouldBe(408);
        var problem = JsonElement.Parse(((MemoryStream)context.Response.Body).ToArray());
        problem.GetProperty("code").GetString().ShouldBe("too-slow");
        problem.GetProperty("detail").GetString()!.ShouldContain("within 30 s");
    }

    /// <summary>Sends a little more than counts as small, and then nothing.</summary>
    private static async Task<DefaultHttpContext> SlowAsync(long? announced)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        pipe.Writer.Write(new byte[1_100_000]);
        await pipe.Writer.FlushAsync();
        return new() { Request = { Body = pipe.Reader.AsStream(), ContentLength = announced } };
    }

    private static DefaultHttpContext Complete(int length) => new() { Request = { Body = new MemoryStream(new byte[length]), ContentLength = length } };
}
