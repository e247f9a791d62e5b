using System.IO.Compression;
using ProcessDeployment.Engine.Export;

namespace ProcessDeployment.Engine.Tests.Export;

public sealed class A_list_that_waits_for_another
{
    /// <summary>It once lay in the temporary folder under its name, where a crash left it.</summary>
    [Fact]
    public async Task is_written_whole_and_cannot_be_found_after_a_crash()
    {
        await using var list = new SecondList();
        list.Write("who and why\n");

        if (!OperatingSystem.IsWindows()) File.Exists(list.Name).ShouldBeFalse();

        list.Write("and when\n");
        using var written = new MemoryStream();
        using (var bundle = new Bundle(written)) await bundle.WriteAsync("list.csv", file => list.WriteToAsync(file, TestContext.Current.CancellationToken));
        using var archive = new ZipArchive(written);
        using var text = new StreamReader(await archive.GetEntry("list.csv")!.OpenAsync(TestContext.Current.CancellationToken));
        (await text.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe("who and why\nand when\n");
    }
}
