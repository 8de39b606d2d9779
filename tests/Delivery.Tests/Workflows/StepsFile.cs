using YamlDotNet.RepresentationModel;

namespace RbpfSpec.Delivery.Tests.Workflows;

/// <summary>A step of an action or of a job.</summary>
/// <param name="Name">Its name, or the action that it uses.</param>
/// <param name="Run">Its script; empty if it uses an action.</param>
/// <param name="Shell">The shell that it names, or that its workflow names for all; empty if none is named.</param>
/// <param name="Uses">The action that it uses; empty if it is a script.</param>
/// <param name="Variables">The variables of its environment, as written.</param>
/// <param name="Inputs">The inputs of the action that it uses.</param>
internal sealed record Step(
    string Name,
    string Run,
    string Shell,
    string Uses,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyDictionary<string, string> Inputs);

/// <summary>Files of actions and of workflows, as YAML.</summary>
internal static class StepsFile
{
    /// <summary>The inputs of the action, each with what it is if it is not given.</summary>
    public static IReadOnlyDictionary<string, string> Inputs { get; } =
        Map(Root(Text("action.yml")), "inputs").ToDictionary(
            input => Scalar(input.Key), input => Value((YamlMappingNode)input.Value, "default"));

    /// <summary>The steps of the action.</summary>
    public static IReadOnlyList<Step> Action { get; } = Steps(Node<YamlMappingNode>(Root(Text("action.yml")), "runs"), shell: "");

    /// <summary>The workflows of the project, as paths.</summary>
    public static IEnumerable<string> Workflows =>
        Directory.GetFiles(Path.Combine(Repository.Root, ".github/workflows")).Order(StringComparer.Ordinal);

    /// <summary>The text of a file of the repository.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    /// <summary>The steps of a workflow, job by job.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Step>> Jobs(string text)
    {
        var root = Root(text);
        var shell = Value(Map(Map(root, "defaults"), "run"), "shell");
        return Map(root, "jobs").ToDictionary(job => Scalar(job.Key), job => Steps((YamlMappingNode)job.Value, shell));
    }

    private static IReadOnlyList<Step> Steps(YamlMappingNode of, string shell) =>
    [
        .. from YamlMappingNode step in Node<YamlSequenceNode>(of, "steps")
           let uses = Value(step, "uses")
           let name = Value(step, "name")
           let named = Value(step, "shell")
           select new Step(
               name == "" ? uses : name, Value(step, "run"), named == "" ? shell : named, uses, Values(step, "env"), Values(step, "with")),
    ];

    private static YamlMappingNode Root(string text)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static Dictionary<string, string> Values(YamlMappingNode of, string key) =>
        Map(of, key).ToDictionary(one => Scalar(one.Key), one => Scalar(one.Value));

    private static YamlMappingNode Map(YamlMappingNode of, string key) =>
        of.Children.TryGetValue(key, out var node) ? (YamlMappingNode)node : [];

    private static T Node<T>(YamlMappingNode of, string key) => (T)(object)of[key];

    private static string Value(YamlMappingNode of, string key) => of.Children.TryGetValue(key, out var node) ? Scalar(node) : "";

    private static string Scalar(YamlNode node) => ((YamlScalarNode)node).Value ?? "";
}
