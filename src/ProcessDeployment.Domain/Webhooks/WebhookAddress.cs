namespace ProcessDeployment.Domain.Webhooks;

/// <summary>Whoever knows the whole address of some webhooks may send there in their name, so others are shown where it leads to and no more.</summary>
public static class WebhookAddress
{
    /// <summary>Scheme and host. By the text alone, so that whoever checks it in another language comes to the same; what is no address stays as it is.</summary>
    public static string Shown(string url)
    {
        var host = url.IndexOf(':') + 1;
        if (host == 0) return url;
        while (host < url.Length && url[host] is '/' or '\\') host++;
        var end = url.AsSpan(host).IndexOfAny("/\\?#");
        return $"{(end < 0 ? url : url.AsSpan(0, host + end))}/…";
    }
}
