namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>The query parameters there are; each question takes some of them.</summary>
internal static class ParameterNames
{
    public const string Id = "id";
    public const string Cursor = "cursor";
    public const string Take = "take";
    public const string Skip = "skip";
    public const string Manifest = "manifest";
    public const string Revised = "revised";
    public const string Folder = "folder";
    public const string Below = "below";
    public const string Text = "text";
    public const string Process = "process";
    public const string Component = "component";
    public const string Atom = "atom";
    public const string Status = "status";
    public const string Environment = "environment";
    public const string Class = "class";
    public const string Actor = "actor";
    public const string Type = "type";
    public const string From = "from";
    public const string To = "to";
    public const string After = "after";
    public const string AtLeast = "atLeast";
    public const string Covering = "covering";
    public const string Size = "size";
    public const string AsOf = "asOf";
}
