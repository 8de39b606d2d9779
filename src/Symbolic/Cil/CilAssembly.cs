using Mono.Cecil;

namespace RbpfSpec.Symbolic.Cil;

/// <summary>A compiled assembly, opened for reading.</summary>
public sealed class CilAssembly
{
    private readonly ModuleDefinition module;

    private CilAssembly(ModuleDefinition module) => this.module = module;

    /// <summary>The assembly that a type is loaded from: the very file.</summary>
    /// <exception cref="FileNotFoundException">It was loaded from no file.</exception>
    public static CilAssembly Of(Type type) => new(ModuleDefinition.ReadModule(type.Assembly.Location, new() { InMemory = true }));

    /// <summary>A type by its full name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public TypeDefinition Type(string name) => module.GetType(name) ?? throw new ArgumentException($"no type {name}", nameof(name));

    /// <summary>The one method of a name in a type.</summary>
    /// <param name="type">The full name of the type.</param>
    /// <param name="name">The name of the method.</param>
    /// <param name="types">The full names of the types that its parameters of type stand for.</param>
    /// <exception cref="ArgumentException">There is no such type.</exception>
    /// <exception cref="InvalidOperationException">There is not exactly one such method.</exception>
    public CilMethod Method(string type, string name, params IEnumerable<string> types) =>
        new(Type(type).Methods.Single(method => method.Name == name), [.. types.Select(Type)]);

    /// <summary>The method that a delegate was made of.</summary>
    public CilMethod Method(System.Reflection.MethodInfo method) => new(
        (MethodDefinition)module.LookupToken(method.MetadataToken),
        [.. method.GetGenericArguments().Select(argument => Type(argument.FullName!.Replace('+', '/')))]);
}
