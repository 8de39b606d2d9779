using System.Collections.Concurrent;
using System.Reflection;
using RbpfSpec.Interp.Execution;

namespace RbpfSpec.Interp.Table;

/// <summary>A step as a row names it, taken apart: <c>Alu32K&lt;Add&gt;</c>.</summary>
/// <param name="Method">The name of a method of <see cref="Steps"/>.</param>
/// <param name="Arguments">The types that it is made with.</param>
internal sealed record StepName(string Method, Sequence<string> Arguments)
{
    private static readonly ConcurrentDictionary<string, StepName> Known = new();

    /// <summary>Takes a text apart.</summary>
    public static StepName Of(string text) => Known.GetOrAdd(text, static text =>
    {
        var parts = text.Split('<', '>');
        return new(parts[0], parts.Length is 1 ? [] : parts[1].Split(", ").ToSequence());
    });

    /// <summary>The method; null if there is none.</summary>
    public MethodInfo? Info => typeof(Steps).GetMethod(Method, BindingFlags.Public | BindingFlags.Static);

    /// <summary>The names of its type parameters.</summary>
    public IEnumerable<string> Parameters => Info!.GetGenericArguments().Select(parameter => parameter.Name);

    /// <summary>The constraints of its type parameters, each as a line of C#.</summary>
    public IEnumerable<string> Constraints =>
        from parameter in Info!.GetGenericArguments()
        select $"where {parameter.Name} : struct, {ConstraintOf(parameter).Name}";

    /// <summary>Of the types that it is made with, the one that is a size: its name, or that of the parameter.</summary>
    /// <param name="isOpen">Whether the parameter's name is asked for.</param>
    public string Size(bool isOpen)
    {
        var place = Array.FindIndex(Info!.GetGenericArguments(), parameter => ConstraintOf(parameter) == typeof(ISize));
        return isOpen ? Parameters.ElementAt(place) : Arguments[place];
    }

    /// <summary>As C# calls it, with the types of the row.</summary>
    public string Closed => Arguments.IsEmpty ? Method : $"{Method}<{string.Join(", ", Arguments)}>";

    /// <summary>As C# calls it, with its own type parameters.</summary>
    public string Open => Arguments.IsEmpty ? Method : $"{Method}<{string.Join(", ", Parameters)}>";

    /// <summary>The reason why C# cannot call it so; null if there is none.</summary>
    /// <param name="result">What it has to yield.</param>
    /// <param name="takesBytes">Whether it has to take the place of bytes.</param>
    public string? Problem(Type result, bool takesBytes = false)
    {
        if (Info is not { } method) return $"there is no step {Method} in src/Interp/Execution/Steps.cs";
        var parameters = method.GetGenericArguments();
        if (parameters.Length != Arguments.Count) return $"the step {Method} is made with {parameters.Length} types, not {Arguments.Count}";
        foreach (var (parameter, name) in parameters.Zip(Arguments))
        {
            var asked = ConstraintOf(parameter);
            var type = typeof(Steps).Assembly.GetType($"{typeof(Steps).Namespace}.{name}");
            if (type is not { IsValueType: true } || !type.IsAssignableTo(asked))
                return $"{name} is no {asked.Name}, which the step {Method} is made with";
        }

        if (method.ReturnType != result) return $"the step {Method} yields {method.ReturnType.Name}; expected {result.Name}";
        if (method.GetParameters().Length == (takesBytes ? 3 : 2)) return null;
        return $"the step {Method} {(takesBytes ? "takes no bytes" : "takes bytes")}";
    }

    private static Type ConstraintOf(Type parameter) => parameter.GetGenericParameterConstraints().Single(type => type.IsInterface);
}
