using System.Text;
using System.Text.Json;

namespace ProcessDeployment.Contracts.Json.Forms;

/// <summary>An object with the members of a record: none unknown, none twice, none missing.</summary>
internal sealed class RecordForm(IReadOnlyList<RecordForm.Member> members) : Form
{
    private readonly (byte[] Utf8Name, Member Member)[] _members = [.. members.Select(m => (Encoding.UTF8.GetBytes(m.Name), m))];

    /// <summary>A member of a record.</summary>
    internal sealed record Member(string Name, Form Form, bool Required, bool Nullable);

    public override void Judge(ref Utf8JsonReader reader, Problems problems)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            problems.Refuse(ref reader, $"must be an object, it is {Shown.Kind(reader)}");
            return;
        }

        var seen = 0UL;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject) JudgeMember(ref reader, problems, ref seen);

        for (var i = 0; i < _members.Length; i++)
        {
            if (!_members[i].Member.Required || (seen & (1UL << i)) != 0) continue;
            problems.Enter(_members[i].Member.Name);
            problems.Add("is required");
            problems.Leave();
        }
    }

    private void JudgeMember(ref Utf8JsonReader reader, Problems problems, ref ulong seen)
    {
        var index = IndexOf(reader);
        problems.Enter(index < 0 ? Shown.Token(reader) : _members[index].Member.Name);
        reader.Read();
        if (index < 0)
        {
            problems.Refuse(ref reader, $"is not known here{Hint(problems)}");
        }
        else if ((seen & (1UL << index)) != 0)
        {
            problems.Refuse(ref reader, "is there twice");
        }
        else
        {
            seen |= 1UL << index;
            var member = _members[index].Member;
            if (reader.TokenType != JsonTokenType.Null) member.Form.Judge(ref reader, problems);
            else if (!member.Nullable) problems.Add("must not be null");
        }

        problems.Leave();
    }

    private string Hint(Problems problems) => NearMatch.Hint(problems.Name(), _members.Select(m => m.Member.Name));

    private int IndexOf(in Utf8JsonReader reader)
    {
        for (var i = 0; i < _members.Length; i++)
        {
            if (EscapedText.Is(reader, _members[i].Utf8Name)) return i;
        }

        return -1;
    }
}
