package dev.escale.testkit.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One profile with one page, and what went wrong on it: script errors, refusals by the policy. */
public final class Visit implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints;

    private Visit(BrowserContext context, Page page, List<String> complaints) {
        this.context = context;
        this.page = page;
        this.complaints = complaints;
    }

    static Visit of(BrowserContext context) {
        List<String> complaints = Collections.synchronizedList(new ArrayList<>());
        Page page = context.newPage();
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")
                            || message.text().contains("Content Security Policy")) {
                        complaints.add(page.url() + ": " + message.text());
                    }
                });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        return new Visit(context, page, complaints);
    }

    public Page page() {
        return page;
    }

    /** Cookies and storage, for another visit of the same person. */
    public String state() {
        return context.storageState();
    }

    /** What the browser's console complained of since the start. */
    public List<String> complaints() {
        synchronized (complaints) {
            return List.copyOf(complaints);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
