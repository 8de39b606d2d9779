namespace RbpfSpec.Tests;

/// <summary>The files that the tests of images read.</summary>
internal static partial class Repository
{
    /// <summary>This project's folder.</summary>
    public static string Project => Path.Combine(Root, "tests", "Images.Tests");

    /// <summary>The object that holds every kind of reference; its source is beside it.</summary>
    public static byte[] Linking() => File.ReadAllBytes(Path.Combine(Project, "Objects", "linking.o"));
}
