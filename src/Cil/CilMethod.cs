using Mono.Cecil;
using Mono.Cecil.Cil;

namespace RbpfSpec.Cil;

/// <summary>A method with a body, and the types that its parameters of type stand for.</summary>
/// <param name="Assembly">What is read with it.</param>
/// <param name="Definition">The method.</param>
/// <param name="Types">The types, in order; empty if it has no such parameters.</param>
public sealed record CilMethod(CilAssembly Assembly, MethodDefinition Definition, Sequence<TypeDefinition> Types)
{
    /// <summary>The name, as in <c>Handlers.Load&lt;Size4, Same&gt;</c>.</summary>
    public string Name => Types.IsEmpty
        ? $"{Definition.DeclaringType.Name}.{Definition.Name}"
        : $"{Definition.DeclaringType.Name}.{Definition.Name}<{string.Join(", ", Types.Select(type => type.Name))}>";

    /// <summary>The first instruction.</summary>
    public Instruction Start => Definition.Body.Instructions[0];

    /// <summary>The instructions that some later one leads back to.</summary>
    public IReadOnlyList<Instruction> LoopHeads =>
    [
        .. Definition.Body.Instructions
            .SelectMany(instruction => instruction.Operand switch
            {
                Instruction target when target.Offset <= instruction.Offset => [target],
                Instruction[] targets => targets.Where(target => target.Offset <= instruction.Offset),
                _ => Enumerable.Empty<Instruction>(),
            })
            .Distinct(),
    ];

    /// <summary>The meaning of a type in this method: its own parameters of type are resolved.</summary>
    public TypeReference Resolve(TypeReference type) =>
        type is GenericParameter { Type: GenericParameterType.Method } parameter ? Types[parameter.Position] : type;

    /// <summary>The method that a call in this method calls; null if it has no body to be read.</summary>
    /// <param name="called">The method as the call names it.</param>
    /// <param name="constraint">The type that a call of an interface's method is constrained to, if it is.</param>
    public CilMethod? Callee(MethodReference called, TypeReference? constraint)
    {
        if (called.Resolve() is not { } definition || !Assembly.Reads(definition)) return null;
        Sequence<TypeDefinition> types = called is GenericInstanceMethod generic
            ? [.. generic.GenericArguments.Select(argument => Resolve(argument).Resolve())]
            : [];
        if (constraint is not null)
        {
            var implementing = Resolve(constraint).Resolve().Methods.SingleOrDefault(method => Implements(method, definition));
            return implementing is null ? null : new(Assembly, implementing, types);
        }

        return definition.HasBody && !definition.IsVirtual ? new(Assembly, definition, types) : null;
    }

    public override string ToString() => Name;

    private static bool Implements(MethodDefinition method, MethodDefinition declared) =>
        method.Overrides.Any(overridden => overridden.Resolve() == declared)
        || (method.Name == declared.Name
            && method.Parameters.Select(parameter => parameter.ParameterType.FullName)
                .SequenceEqual(declared.Parameters.Select(parameter => parameter.ParameterType.FullName)));
}
