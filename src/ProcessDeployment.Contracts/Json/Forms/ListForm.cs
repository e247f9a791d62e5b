using System.Text.Json;

namespace ProcessDeployment.Contracts.Json.Forms;

internal sealed class ListForm(Form item) : Form
{
    public override void Judge(ref Utf8JsonReader reader, Problems problems)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            problems.Refuse(ref reader, $"must be a list, it is {Shown.Kind(reader)}");
            return;
        }

        for (var index = 0; ; index++)
        {
            problems.Enter(index);
            reader.Read();
            var atEnd = reader.TokenType == JsonTokenType.EndArray;
            if (!atEnd) item.Judge(ref reader, problems);
            problems.Leave();
            if (atEnd) return;
        }
    }
}
