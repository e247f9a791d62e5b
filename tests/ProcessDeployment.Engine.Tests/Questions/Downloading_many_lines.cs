using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Downloading_many_lines
{
    private readonly MemoryStream _sent = new();
    private readonly DefaultHttpContext _context = new();
    private readonly CsvDownload _download;

    public Downloading_many_lines()
    {
        _context.Response.Body = _sent;
        _download = new(_context.Response, "lines.csv", "number", "text");
    }

    [Fact]
    public async Task sends_them_while_more_come()
    {
        var (all, most, before) = (new StringBuilder("number,text\r\n"), 0L, 0L);
        for (var i = 0; i < 10_000; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            all.Append(CultureInfo.InvariantCulture, $"{i},\"Größe, {i}\"\r\n");
            await _download.LineAsync(7, TestContext.Current.CancellationToken, number, $"Größe, {number}");
            (most, before) = (Math.Max(most, _sent.Length - before), _sent.Length);
        }

        (Encoding.UTF8.GetByteCount(all.ToString()) - _sent.Length).ShouldBeLessThan(32 * 1024);
        most.ShouldBeLessThan(32 * 1024);
        await _download.EndingAt(7).ExecuteAsync(_context);
        Encoding.UTF8.GetString(_sent.ToArray()).ShouldBe(all.ToString());
        _context.Response.Headers["Position"].ShouldBe(["7"]);
    }

    [Fact]
    public async Task of_which_there_are_none_sends_the_names_of_the_columns()
    {
        await _download.EndingAt(3).ExecuteAsync(_context);

        Encoding.UTF8.GetString(_sent.ToArray()).ShouldBe("number,text\r\n");
        _context.Response.Headers["Position"].ShouldBe(["3"]);
    }
}
