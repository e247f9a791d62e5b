using System.Net;
using System.Net.Http.Json;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Web.Live;

/// <summary>Asks in the name of who looks at the page, each time anew: whoever signed out asks nothing any more.</summary>
internal sealed class TicketHandler(SignedIn who, bool renews, HttpMessageHandler engine) : DelegatingHandler(engine)
{
    /// <summary>By which the pages know that a new sign-in helps.</summary>
    public const string Ended = "sign-in-ended";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await (renews ? who.TicketOrRenewedAsync() : who.TicketAsync()) is not { } ticket) return new(HttpStatusCode.Unauthorized) { Content = JsonContent.Create(await ProblemAsync(), options: WireJson.Options) };
        request.Headers.Authorization = new("Bearer", ticket);
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<EngineProblem> ProblemAsync() =>
        new("Your sign-in has ended", 401, $"What you typed is kept. Sign in again as {await who.NameAsync() ?? "before"} in a new tab, then do the same here once more.", Ended);
}
