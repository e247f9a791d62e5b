using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ProcessDeployment.Web;

namespace ProcessDeployment.Engine.Host;

/// <summary>The pages, which ask this engine over HTTP as any other client would.</summary>
internal static class Pages
{
    private const string Name = "ProcessDeployment.Engine.staticwebassets";

    /// <summary>The files of the pages in a published engine, wherever it is started from.</summary>
    public static string Folder => Beside("wwwroot");

    /// <summary>Where the build put the files of the pages, in whichever environment and whichever program hosts the engine.</summary>
    public static void UsePageAssets(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseSetting(WebHostDefaults.StaticWebAssetsKey, Beside($"{Name}.runtime.json"));
        builder.WebHost.UseStaticWebAssets();
    }

    public static void AddPages(this IServiceCollection services, EngineOptions options) =>
        services.AddPages(static provider => Address(provider.GetRequiredService<IServer>()), withSignIn: options.Identity.IsOn);

    /// <summary>Not in a program that was built without them.</summary>
    public static void MapPages(this WebApplication app)
    {
        if (Beside($"{Name}.endpoints.json") is var assets && File.Exists(assets)) app.MapPages(assets);
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    /// <summary>Without encryption where there is a choice: it does not leave this machine.</summary>
    private static Uri Address(IServer server)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return OfThisMachine(addresses.OrderByDescending(address => address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)).FirstOrDefault() ?? ListenAddresses.Default);
    }

    /// <summary>Who listens on all addresses of the machine is reached by its own.</summary>
    internal static Uri OfThisMachine(string listening)
    {
        var address = BindingAddress.Parse(listening);
        var isEvery = address.Host is "*" or "+" or "0.0.0.0" or "[::]";
        return new UriBuilder(address.Scheme, isEvery ? "127.0.0.1" : address.Host, address.Port, address.PathBase).Uri;
    }
}
