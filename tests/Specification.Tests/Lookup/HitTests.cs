using RbpfSpec.Specification.Lookup;

namespace RbpfSpec.Specification.Tests.Lookup;

public class HitTests
{
    [Fact]
    public void Every_place_is_found_by_its_own_id_and_its_page_exists()
    {
        foreach (var hit in Hit.All([""], Repository.Book))
        {
            PageLinks.Exists(hit.Page, Repository.Root, Repository.Book).ShouldBeTrue(hit.Page);
            Subject.Find(hit.Id, Repository.Book).ShouldNotBeOfType<Subject.Nothing>(hit.Id);
        }
    }

    [Fact]
    public void A_word_stands_for_what_begins_with_it_and_not_for_what_contains_it()
    {
        Hit.All(["straddl"], Repository.Book).ShouldBeEmpty();
        Hit.All(["wrap"], Repository.Book).Select(hit => hit.Id).ShouldContain("memory/no-wrap");
        Hit.All(["rap"], Repository.Book).ShouldBeEmpty();
    }
}
