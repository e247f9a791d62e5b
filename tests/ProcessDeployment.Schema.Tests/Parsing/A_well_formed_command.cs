using System.Text;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Schema.Tests.Parsing;

public sealed class A_well_formed_command
{
    [Fact]
    public void carries_what_its_envelope_says()
    {
        var envelope = Texts.Accepted($$"""
            {"specversion":"1.0","id":"{{Texts.Id.ToUpperInvariant()}}","source":"//ci/pipeline/42","type":"processdeployment.attach-atoms.v1",
             "time":"2026-11-23T06:00:00Z","datacontenttype":"application/json; charset=utf-8","traceparent":"00-1-2-01","attempt":3,"subject":null,
             "data":{"accountId":"acme","processId":"{{Texts.Id}}","atomIds":["{{Texts.Id}}"],"actor":"kim","reason":"go-live","resumeSchedules":null}
            }
            """);

        envelope.CommandId.ShouldBe(Guid.Parse(Texts.Id));
        envelope.Source.ShouldBe("//ci/pipeline/42");
        envelope.Type.ShouldBe("processdeployment.attach-atoms.v1");
        envelope.Time.ShouldBe(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        envelope.Extensions.ShouldBe(new Dictionary<string, string> { ["traceparent"] = "00-1-2-01", ["attempt"] = "3" }, ignoreOrder: true);
        var command = envelope.Command.ShouldBeOfType<AttachAtoms>();
        (command.AccountId, command.Actor, command.Reason).ShouldBe(("acme", "kim", "go-live"));
        command.AtomIds.ShouldBe([Guid.Parse(Texts.Id)]);
    }

    [Fact]
    public void may_have_its_data_before_its_type() =>
        Texts.Accepted($$"""{"data":{{Texts.Deploy}},"type":"processdeployment.deploy-process.v1","source":"a","id":"{{Texts.Id}}","specversion":"1.0"}""")
            .Command.ShouldBeOfType<DeployProcess>();

    /// <summary>.NET's own writer sends <c>+</c> as an escape.</summary>
    [Fact]
    public void may_escape_what_needs_no_escape() => Texts.Accepted($$"""
        {"specversion":"1\u002e0","\u0069d":"\u0030{{Texts.Id[1..]}}","source":"\/a","type":"processdeployment.deploy-process.v1","time":"2026-11-23T06:00:00\u002B00:00",
         "data":{"processId":"\u0030{{Texts.Id[1..]}}","act\u006fr":"kim","accountId":"\u0061cme"}
        }
        """).Time.ShouldBe(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));

    [Fact]
    public void gets_account_and_actor_from_the_credentials()
    {
        var command = Texts.Accepted(Texts.DeployEvent($$"""{"processId":"{{Texts.Id}}"}"""), new("acme", "kim")).Command;
        (command.AccountId, command.Actor).ShouldBe(("acme", "kim"));
    }

    [Fact]
    public void may_repeat_what_the_credentials_say() => Texts.Accepted(Texts.DeployEvent(), new("acme", "kim@example.com"));

    [Fact]
    public void may_have_content_of_4_MB_in_any_escapes()
    {
        var content = string.Concat(Enumerable.Repeat("\\u003c", Limits.ContentBytes));
        var text = Texts.Event("save-component", $$"""{"componentId":"{{Texts.Id}}","componentType":"process","name":"A","content":"{{content}}",{{Texts.Owner}}}""");
        Texts.Accepted(text).Command.ShouldBeOfType<SaveComponent>().Content!.Length.ShouldBe(Limits.ContentBytes);
    }

    [Fact]
    public void may_have_any_text_in_content_but_U_0000()
    {
        var text = Texts.Event("save-component", $$"""{"componentId":"{{Texts.Id}}","componentType":"process","name":"A","content":"\u0001\ud83d\ude00 ﷽ 𝄞 \"\\",{{Texts.Owner}}}""");
        Texts.Accepted(text).Command.ShouldBeOfType<SaveComponent>().Content.ShouldBe("\u0001😀 ﷽ 𝄞 \"\\");
    }

    [Fact]
    public void of_a_file_may_have_a_line_end_and_a_byte_order_mark()
    {
        byte[] line = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Texts.DeployEvent() + "\r\n")];
        CommandParser.ParseLine(line, CommandDefaults.None).ShouldNotBeNull().WellFormed.ShouldBeTrue();
    }

    [Fact]
    public void is_not_expected_on_an_empty_line() => CommandParser.ParseLine("  \r\n"u8.ToArray(), CommandDefaults.None).ShouldBeNull();

    [Fact]
    public void survives_writing_and_reading()
    {
        var command = new SaveComponent
        {
            AccountId = "acme",
            Actor = "kim",
            Reason = "why <not>",
            ComponentId = Guid.Parse(Texts.Id),
            ComponentType = "connector-settings",
            Name = "Prüfung 😀",
            Folder = "a/b",
            Connector = new("http", ConnectorClass.SmallBusiness),
            References = [new(Guid.Parse(Texts.Id), ReferenceKind.Independent)],
            Extensions = [new("k", "l", true)],
            Content = "<a b=\"c\">\n</a>",
            SourceRevision = "7",
            StartStep = StartStep.None,
        };
        var extensions = new Dictionary<string, string>(StringComparer.Ordinal) { ["correlationid"] = "a \"b\"", ["traceparent"] = "00-1-2-01" };
        var text = CommandWriter.ToCloudEvent(Guid.Parse(Texts.Id), "//sample", command, DateTimeOffset.UnixEpoch, extensions);
        var read = Texts.Parsed(text).Envelope.ShouldNotBeNull();
        read.Time.ShouldBe(DateTimeOffset.UnixEpoch);
        read.Extensions.ShouldBe(extensions);
        CommandWriter.ToCloudEvent(read.CommandId, read.Source, read.Command, read.Time, read.Extensions).ShouldBe(text);
        read.Command.ShouldBeOfType<SaveComponent>().Extensions.ShouldBe(command.Extensions);
    }
}
