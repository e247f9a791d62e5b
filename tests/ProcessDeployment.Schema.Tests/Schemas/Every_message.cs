using System.Reflection;
using System.Text.RegularExpressions;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;

namespace ProcessDeployment.Schema.Tests.Schemas;

public sealed partial class Every_message
{
    private static readonly IReadOnlyList<Type> Records =
    [
        .. typeof(Command).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Command))),
        .. typeof(DomainEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DomainEvent))),
    ];

    [Fact]
    public void declares_a_wire_name() => Records.Where(type => !type.IsAbstract && type.GetCustomAttribute<WireNameAttribute>() is null)
        .ShouldBeEmpty("Say [WireName(\"processdeployment.<name>.v1\")] above the record: what is stored and sent must not depend on the name of a class.");

    [Fact]
    public void is_sealed() => Records.Where(type => !type.IsAbstract && !type.IsSealed).ShouldBeEmpty();

    [Fact]
    public void has_a_wire_name_of_the_right_form() => Message.All.Where(message => message.Folder.Length > 0 && !Form().IsMatch(message.WireName)).ShouldBeEmpty();

    [Fact]
    public void has_a_wire_name_of_its_own() => Message.All.GroupBy(message => message.WireName).Where(group => group.Count() > 1).ShouldBeEmpty();

    [Fact]
    public void that_declares_a_wire_name_is_a_command_or_an_event() => Message.All
        .Where(message => message.Folder.Length > 0 && !message.Type.IsSubclassOf(typeof(Command)) && !message.Type.IsSubclassOf(typeof(DomainEvent)) && !message.Type.IsSubclassOf(typeof(RetiredEvent)))
        .ShouldBeEmpty();

    [Fact]
    public void that_is_a_command_is_in_the_catalogue() => CommandCatalogue.All.Select(command => command.WireName)
        .ShouldBe(Message.All.Where(message => message.IsCommand).Select(message => message.WireName), ignoreOrder: true);

    [GeneratedRegex(@"^processdeployment\.[a-z]+(-[a-z]+)*\.v[1-9][0-9]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
