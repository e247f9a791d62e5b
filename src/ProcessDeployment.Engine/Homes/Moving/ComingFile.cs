using Microsoft.AspNetCore.Http.Features;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>A body that is kept in a file while it is read from several places: it may be larger than memory.</summary>
internal static class ComingFile
{
    /// <summary>The file is gone when it is closed, however the engine ends.</summary>
    public static async Task<Stream> ReceiveAsync(HttpContext context, CancellationToken cancellation)
    {
        // As large as the account is: only an operator sends it.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        var path = Path.Combine(Path.GetTempPath(), $"process-deployment-move-{Guid.NewGuid():n}");
        var file = new FileStream(path, Options());
        // Unlinked while it is open, it is gone with the process even where that is killed; Windows does so by itself.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        try
        {
            await context.Request.Body.CopyToAsync(file, cancellation);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
