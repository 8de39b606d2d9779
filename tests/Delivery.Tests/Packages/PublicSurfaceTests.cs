using System.Reflection;
using PublicApiGenerator;

namespace RbpfSpec.Delivery.Tests.Packages;

/// <summary>The public surface of the packages is the one that was approved.</summary>
/// <remarks>
/// Of RbpfSpec that are its own namespace and all types that its members mention, and those that theirs mention, in turn; of the others
/// the assembly of their name.
/// </remarks>
public sealed class PublicSurfaceTests
{
    // What is set, approves.
    private const string Approval = "RBPFSPEC_APPROVE";

    private static readonly Type[] Front = typeof(RbpfProgram).Assembly.GetExportedTypes();

    public static TheoryData<string> Packages => ["RbpfSpec", "RbpfSpec.Conformance", "RbpfSpec.Proving"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void It_changes_when_someone_approves_it_only(string package)
    {
        var text = Surface(package);
        var file = Path.Combine(Repository.Root, "tests/Delivery.Tests/Packages/approved", $"{package}.txt");
        if (Environment.GetEnvironmentVariable(Approval) == "1") File.WriteAllText(file, text);

        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";

        var (now, before) = (text.Split('\n'), approved.Split('\n'));
        now.Except(before).Select(line => $"+{line}").Concat(before.Except(now).Select(line => $"-{line}"))
            .Concat(text == approved ? [] : [$"the public surface of {package} is not the approved one; if it shall be so:",
                $"{Approval}=1 dotnet test tests/Delivery.Tests -c Release --filter PublicSurface"])
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_type_of_the_front_is_on_it_and_what_it_mentions_but_not_the_rest() =>
        Reachable().ShouldSatisfyAllConditions(
            types => types.ShouldContain(typeof(RbpfProgram)),
            types => types.ShouldContain(typeof(Interp.VmOptions)),
            types => types.ShouldContain(typeof(Semantics.Validity.Problem)),
            types => types.ShouldNotContain(typeof(Ranges.Findings.RangeReport)),
            types => types.ShouldNotContain(typeof(Images.ImageFile)));

    private static string Surface(string package)
    {
        var types = package == "RbpfSpec" ? [.. Reachable()] : System.Reflection.Assembly.Load(package).GetExportedTypes();
        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false };
        return string.Concat(
            from type in types
            where !type.IsNested
            group type by type.Assembly into assembly
            orderby assembly.Key.GetName().Name
            select $"// {assembly.Key.GetName().Name}\n{Text(assembly, options)}\n");
    }

    private static string Text(IEnumerable<Type> types, ApiGeneratorOptions options) =>
        types.ToArray().GeneratePublicApi(options).ReplaceLineEndings("\n");

    private static HashSet<Type> Reachable()
    {
        HashSet<Type> found = [];
        Queue<Type> next = new(Front);
        while (next.TryDequeue(out var type))
        {
            if (type.HasElementType) next.Enqueue(type.GetElementType()!);
            foreach (var argument in type.GetGenericArguments()) next.Enqueue(argument);
            var one = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
            var isOurs = one.Assembly.GetName().Name?.StartsWith("RbpfSpec.", StringComparison.Ordinal) == true;
            if (one.IsGenericParameter || one.HasElementType || !isOurs) continue;
            if (!found.Add(one)) continue;
            if (one.DeclaringType is { } outer) next.Enqueue(outer);
            if (one.BaseType is { } below) next.Enqueue(below);
            foreach (var nested in one.GetNestedTypes()) next.Enqueue(nested);
            foreach (var mentioned in Mentioned(one)) next.Enqueue(mentioned);
        }

        return found;
    }

    private static IEnumerable<Type> Mentioned(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(Declared))
        {
            if (member is FieldInfo field) yield return field.FieldType;
            if (member is PropertyInfo property) yield return property.PropertyType;
            if (member is MethodInfo method) yield return method.ReturnType;
            if (member is not MethodBase code) continue;
            foreach (var parameter in code.GetParameters()) yield return parameter.ParameterType;
        }
    }
}
